/** Clients that are called through the documented calls, one by one: the interface, and the Lua module that forwards to it. */
package io.wstck.tck.implementation.calls;

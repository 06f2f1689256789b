/**
 * Clients that the kit calls one documented call at a time: the interfaces to implement, and the Lua module that uses
 * them.
 */
package io.wstck.tck.implementation.calls;

/**
 * The sandbox for scripts: stopping, limits of call depth and memory, coroutines, and safe libraries. Only the host
 * uses it.
 */
package io.wstck.lua.sandbox;

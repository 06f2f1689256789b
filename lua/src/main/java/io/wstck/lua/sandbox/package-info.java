/** How the host keeps scripts within bounds: stopping, call depth, memory, coroutines, and libraries without escapes. For the host itself, not for its users. */
package io.wstck.lua.sandbox;

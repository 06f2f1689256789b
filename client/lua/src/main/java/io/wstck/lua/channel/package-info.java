/** The module channel: Go's channels and select, on Jox. */
package io.wstck.lua.channel;

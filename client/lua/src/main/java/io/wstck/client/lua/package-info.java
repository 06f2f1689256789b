/** The Lua module websocket, which gives scripts the client. */
package io.wstck.client.lua;

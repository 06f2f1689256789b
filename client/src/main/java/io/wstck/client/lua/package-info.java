/** The Lua module websocket: the client as scripts see it. */
package io.wstck.client.lua;

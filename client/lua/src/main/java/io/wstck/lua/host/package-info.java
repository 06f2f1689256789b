/**
 * The entry point for programs that run Lua: the host, whose sessions have the modules channel, time, json and errors.
 */
package io.wstck.lua.host;

/** The Lua host: hardened LuaJ, one session per script, and the modules channel, time, json and errors. */
package io.wstck.lua;

/** The module json, and the conversion between Lua values and Jackson's tree. */
package io.wstck.lua.json;

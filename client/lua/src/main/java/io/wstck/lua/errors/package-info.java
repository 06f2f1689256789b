/** The module errors: error values with a kind, a message and a flag that says whether trying again may help. */
package io.wstck.lua.errors;

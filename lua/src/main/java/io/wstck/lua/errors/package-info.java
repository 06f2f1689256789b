/** The module errors: error values with a kind, a message and whether trying again may help. */
package io.wstck.lua.errors;

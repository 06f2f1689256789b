/** Runs a script of a user with the documented modules and the bundled client: permissions, limits, trace. */
package io.wstck.tck.implementation.script;

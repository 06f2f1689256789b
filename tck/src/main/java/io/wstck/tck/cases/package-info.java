/** Case files: loading, checking and selecting them; the Lua words they are written in. */
package io.wstck.tck.cases;

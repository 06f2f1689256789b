/** Loads, validates and selects cases, and provides the Lua words of case files. */
package io.wstck.tck.cases;

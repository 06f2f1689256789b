/** The interface through which the kit reaches every implementation, and the bundled client behind it. */
package io.wstck.tck.implementation;

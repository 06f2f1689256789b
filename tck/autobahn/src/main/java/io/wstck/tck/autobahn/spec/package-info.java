/** The cases, exclusions and servers that a spec file or a command line names. */
package io.wstck.tck.autobahn.spec;

/** Reports of Autobahn runs: in the original's form, for scripts that read it, and in the kit's own. */
package io.wstck.tck.autobahn.report;

/** Both witnesses in, one verdict out: what the script saw, what was on the wire, and what the clause demands. */
package io.wstck.tck.judge;

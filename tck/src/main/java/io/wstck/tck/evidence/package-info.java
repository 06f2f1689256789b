/** The evidence of a run, to be kept, handed on, and judged again without a client: journals, and what scripts said. */
package io.wstck.tck.evidence;

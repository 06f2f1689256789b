/**
 * The evidence of a run: journals and script records. It can be stored, passed on, and judged again without a client.
 */
package io.wstck.tck.evidence;

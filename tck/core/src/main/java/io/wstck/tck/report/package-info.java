/** The output of a run: the events file, and its renderings for people and CI servers. */
package io.wstck.tck.report;

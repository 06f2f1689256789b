/** What a run leaves behind: the events file, and its renderings for people and for CI servers. */
package io.wstck.tck.report;

/**
 * The control protocol of the Autobahn fuzzing server: a driver asks for the cases, plays them, and asks for reports.
 */
package io.wstck.tck.autobahn.serve;

/** The control protocol of the Autobahn fuzzing server: a driver asks for the cases, plays them, and has reports written. */
package io.wstck.tck.autobahn.serve;

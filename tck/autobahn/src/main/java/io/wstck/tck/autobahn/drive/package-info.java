/**
 * Drivers, which play the client's side of Autobahn cases: the bundled client, or a program of the user. Also the time
 * that compression alone takes.
 */
package io.wstck.tck.autobahn.drive;

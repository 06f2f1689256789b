/** What plays the client's side of Autobahn cases: the bundled client, or a program of the user's; and what compressing alone takes. */
package io.wstck.tck.autobahn.drive;

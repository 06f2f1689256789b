/** The cases of the Autobahn Testsuite as exchanges of this project: the corpus, the player, and the judge. */
package io.wstck.tck.autobahn;

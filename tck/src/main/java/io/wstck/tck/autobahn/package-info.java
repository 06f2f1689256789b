/** The cases of the Autobahn Testsuite as exchanges of our own: the corpus, how a case is played, and its verdict. */
package io.wstck.tck.autobahn;

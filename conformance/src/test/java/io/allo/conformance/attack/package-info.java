/** Attackers as programs of their own, to be run on a host of the laboratory: floods and guessers. */
package io.allo.conformance.attack;

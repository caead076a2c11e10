/**
 * Rooms in which several channels hear one another: who is in, who is muted, locked or thrown out, what is said to all, the
 * recording. {@link io.allo.pbx.conference.Conferences} is a board for any thread; each {@link io.allo.pbx.conference.Member} waits
 * on its own call's thread. What it is called, who may enter and what keys do is the applications' (ConfBridge, Page, MeetMe). The
 * sound is {@code media.mix}'s.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.conference;

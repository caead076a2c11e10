package io.allo.pbx.conference;

import io.allo.pbx.call.ChannelEvent;

/**
 * Something changed in a member's room: who is in, what he may. Told to each member's channel, without saying what: the application
 * looks at the room again. Immutable.
 */
public record ConferenceChanged(String conference) implements ChannelEvent {}

package io.allo.pbx.conference;

import io.allo.pbx.call.ChannelEvent;

/** What was played to a room has been heard by all in it, or the room is over. Immutable. */
public record AnnouncementEnded(long announcement) implements ChannelEvent {}

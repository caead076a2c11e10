package io.allo.pbx.conference;

import io.allo.media.mix.MixSettings;

/**
 * What a room is like. Immutable; the first to enter decides.
 *
 * @param mostMembers who may be in at once, beside admins; 0 for no limit
 * @param mix at which rate it is mixed
 */
public record RoomSettings(int mostMembers, MixSettings mix) {

    /** No limit, mixed as its members need. */
    public static final RoomSettings USUAL = new RoomSettings(0, MixSettings.AUTO);
}

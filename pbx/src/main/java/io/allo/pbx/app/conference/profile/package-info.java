/**
 * What confbridge.conf and meetme.conf say: user, bridge and menu profiles, and what the keys of a menu mean. Pure values and one pure
 * machine ({@link io.allo.pbx.app.conference.profile.MenuKeys}); any thread. Uses {@link io.allo.pbx.conf}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.conference.profile;

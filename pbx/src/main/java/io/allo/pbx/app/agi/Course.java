package io.allo.pbx.app.agi;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;

/**
 * Where the dialplan goes on after a script. SET CONTEXT and SET EXTENSION leave the priority to be counted on, so that the
 * next one runs; SET PRIORITY, or a Goto that the script has executed, names the one that runs. Owned by the call.
 */
final class Course {

    private final Channel channel;
    private final DialplanLocation start;
    private DialplanLocation counting;

    Course(Channel channel) {
        this.channel = channel;
        start = channel.location();
        counting = start;
    }

    /** SET CONTEXT. */
    void context(String context) {
        var here = channel.location();
        go(new DialplanLocation(context, here.extension(), here.priority()), here == counting);
    }

    /** SET EXTENSION. */
    void extension(String extension) {
        var here = channel.location();
        go(new DialplanLocation(here.context(), extension, here.priority()), here == counting);
    }

    /** SET PRIORITY. */
    void priority(int priority) {
        go(channel.location().withPriority(priority), false);
    }

    private void go(DialplanLocation place, boolean counts) {
        channel.location(place);
        if (counts) {
            counting = place;
        }
    }

    /** After the script: whoever has moved without naming a priority goes to the next one. */
    void settle() {
        var here = channel.location();
        if (here == counting && here != start) {
            channel.location(here.withPriority(here.priority() + 1));
        }
    }
}

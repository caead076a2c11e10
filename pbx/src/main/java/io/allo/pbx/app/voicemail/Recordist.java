package io.allo.pbx.app.voicemail;

import static io.allo.pbx.app.voicemail.Conversation.NO_KEY;

import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.voicemail.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records one thing that a caller says, and where that is allowed lets the caller hear it, say it again or mark it. Owned by the call.
 */
final class Recordist {

    private static final int MOST_SILENT_MENUS = 3;

    private final Conversation talk;
    private final VoicemailWorld world;
    private final Orders orders;
    private boolean urgent;

    /**
     * How to record.
     *
     * @param review the caller may hear it and say it again
     * @param canBeUrgent key 4 marks it
     * @param operator key 0 leaves for the operator
     * @param leastMs what is shorter is not kept
     * @param tone what is played before, empty for nothing
     * @param keys that leave the recording besides #
     */
    record Orders(
            Dictaphone.Rules rules,
            boolean review,
            boolean canBeUrgent,
            boolean operator,
            long leastMs,
            String tone,
            String keys) {}

    Recordist(Conversation talk, VoicemailWorld world, Orders orders, boolean urgent) {
        this.talk = talk;
        this.world = world;
        this.orders = orders;
        this.urgent = urgent;
    }

    /**
     * Records.
     *
     * @param draft path without ending
     * @param onHangup is given what was said when the caller hangs up in the middle
     * @return what was said; empty if nothing is to be kept
     */
    Optional<Take> record(Path draft, Consumer<Take> onHangup) {
        var sound = Path.of(draft + Spool.DRAFT_ENDING);
        @Nullable Take take = null;
        try {
            while (true) {
                take = null;
                take = once(sound);
                if (take == null && !orders.review()) {
                    return Optional.empty();
                }
                if (take != null && (take.leftBy() != NO_KEY || !orders.review())) {
                    return Optional.of(take);
                }
                var key = review(sound, take);
                if (key == '1' && take != null) {
                    return Optional.of(new Take(sound, take.lengthMs(), urgent, NO_KEY));
                }
                if (key == '0') {
                    return take == null
                            ? Optional.of(new Take(sound, 0, false, '0'))
                            : Optional.of(new Take(sound, take.lengthMs(), urgent, '0'));
                }
                if (key == '*') {
                    return Optional.empty();
                }
                if (key == NO_KEY) {
                    return Optional.ofNullable(take);
                }
            }
        } catch (CallInterrupted ended) {
            keep(sound, take, onHangup);
            throw ended;
        }
    }

    private void keep(Path sound, @Nullable Take take, Consumer<Take> onHangup) {
        var length = take == null ? Drafts.lengthMs(world.spool().copies(), sound) : take.lengthMs();
        if (length > 0 && length >= orders.leastMs()) {
            onHangup.accept(new Take(sound, length, urgent, NO_KEY));
        }
    }

    /** Records once; null if it was too short. */
    private @Nullable Take once(Path sound) {
        Drafts.delete(sound);
        if (!orders.tone().isEmpty()) {
            talk.sayUntil("", List.of(orders.tone()));
        }
        var rules = orders.rules();
        var said = world.dictaphone()
                .record(
                        talk.call(),
                        sound,
                        new Dictaphone.Rules(rules.mostMs(), rules.silenceMs(), "#" + orders.keys()));
        if (said.end() == Dictaphone.End.BROKEN) {
            talk.call()
                    .problem(
                            "voicemail-recording",
                            "what " + talk.call().channel().name() + " says can't be recorded into " + sound,
                            "ce que dit " + talk.call().channel().name() + " ne peut pas être enregistré dans "
                                    + sound);
        }
        if (said.end() == Dictaphone.End.KEY && said.key() != '#') {
            var kept = said.key() == '0' && said.lengthMs() >= Math.max(1, orders.leastMs());
            return new Take(sound, kept ? said.lengthMs() : 0, urgent, said.key());
        }
        if (said.lengthMs() < Math.max(1, orders.leastMs())) {
            if (!Files.isRegularFile(sound) || said.end() != Dictaphone.End.BROKEN) {
                talk.sayUntil("", List.of("vm-tooshort"));
            }
            return null;
        }
        talk.sayUntil("", List.of("auth-thankyou"));
        return new Take(sound, said.lengthMs(), urgent, NO_KEY);
    }

    /** Asks what to do with it: 1 accept, 3 again, 0 operator, * away; no key is accepting. */
    private char review(Path sound, @Nullable Take take) {
        var silent = 0;
        while (silent < MOST_SILENT_MENUS) {
            var key = talk.ask(choices(take != null));
            switch (key) {
                case NO_KEY -> silent++;
                case '1' -> {
                    if (take == null) {
                        return '3';
                    }
                    talk.sayUntil("", List.of("vm-msgsaved"));
                    return '1';
                }
                case '2' -> {
                    if (take != null) {
                        Drafts.play(talk, sound);
                    }
                }
                case '3' -> {
                    return '3';
                }
                case '4' -> {
                    if (orders.canBeUrgent() && take != null) {
                        urgent = !urgent;
                        talk.sayUntil("", List.of(urgent ? "vm-marked-urgent" : "vm-marked-nonurgent"));
                    } else {
                        talk.say("vm-sorry");
                    }
                }
                case '0' -> {
                    if (orders.operator()) {
                        return '0';
                    }
                    talk.say("vm-sorry");
                }
                case '*' -> {
                    return '*';
                }
                default -> talk.say("vm-sorry");
            }
        }
        return NO_KEY;
    }

    private List<String> choices(boolean recorded) {
        var names = new ArrayList<String>();
        names.add(recorded ? "vm-review" : "vm-torerecord");
        if (recorded && orders.canBeUrgent()) {
            names.add(urgent ? "vm-review-nonurgent" : "vm-review-urgent");
        }
        if (orders.operator()) {
            names.add("vm-reachoper");
        }
        return names;
    }
}

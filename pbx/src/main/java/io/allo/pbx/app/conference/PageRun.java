package io.allo.pbx.app.conference;

import io.allo.media.port.PlaySource;
import io.allo.pbx.app.Places;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.call.sip.SipChannel;
import io.allo.pbx.conference.ConferenceRefused;
import io.allo.pbx.conference.Member;
import io.allo.pbx.conference.MemberSettings;
import io.allo.pbx.conference.RoomSettings;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.event.CallEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page: who is called, who has answered, until the pager leaves or nobody is left. Owned by the pager's call. */
final class PageRun {

    /** Phones one page may call, redirects included. */
    static final int MOST_PHONES = 500;

    private static final int MOST_REDIRECTS = 5;

    private final ConferenceWorld world;
    private final RoomRecording recordings;
    private final Call call;
    private final Channel pager;
    private final Member member;
    private final PageRequest request;
    private final Map<Channel, @Nullable Member> paged = new LinkedHashMap<>();
    private int redirects;

    PageRun(ConferenceWorld world, RoomRecording recordings, Call call, Member member, PageRequest request) {
        this.world = world;
        this.recordings = recordings;
        this.call = call;
        this.pager = call.channel();
        this.member = member;
        this.request = request;
    }

    void run() {
        try {
            if (request.has('r')) {
                recordings.begin(call, member, BridgeProfile.DEFAULT, "");
            }
            request.targets().forEach(target -> ring(target, pager.payer()));
            greet();
            serve();
        } finally {
            paged.forEach(this::end);
        }
    }

    // ---- calling

    private void ring(String target, String payer) {
        if (request.has('s') && isInUse(target)) {
            return;
        }
        List<Channel> channels;
        try {
            channels = world.destinations().create(target, pager, payer);
        } catch (DialException none) {
            var why = String.valueOf(none.getMessage());
            call.problem(none.code(), target + ": " + why, target + " : " + none.french());
            return;
        }
        for (var channel : channels) {
            call.adopt(channel);
            if (paged.size() >= MOST_PHONES) {
                call.problem(
                        "page",
                        "more than " + MOST_PHONES + " phones in one page",
                        "plus de " + MOST_PHONES + " postes dans une annonce");
                channel.hangUp(HangupCause.SWITCH_CONGESTION);
                call.letGoWhenReleased(channel);
                continue;
            }
            paged.put(channel, null);
            prepare(channel);
            log(new CallEvent.DialBegan(
                    call.clock().epochMillis(), pager.log().linkedId(), pager.uniqueId(), channel.uniqueId(), target));
            if (channel.isHungUp()) {
                over(channel);
            } else {
                channel.dial();
            }
        }
    }

    /** s: who is in a call is left out. */
    private boolean isInUse(String target) {
        var slash = target.indexOf('/');
        var name = target.substring(slash + 1).replaceFirst("/.*", "");
        return world.calls().channels().stream()
                .anyMatch(each -> each.endpoint().equals(name) && !each.isHungUp());
    }

    /** The dialplan's headers (option b), and where it sets none those by which phones answer by themselves. */
    private void prepare(Channel channel) {
        channel.preferCodecs(pager.codecs());
        if (request.has('b')) {
            try {
                var routine = Places.routine(world.runner(), call, request.argument('b'));
                call.runOn(channel, () -> world.runner().subroutine(call, routine.start(), routine.arguments()));
            } catch (DialplanException missing) {
                call.problem("page", "option b: " + missing.getMessage(), "option b : " + missing.getMessage());
            } catch (CallEnded ended) {
                if (!channel.isHungUp()) {
                    throw ended;
                }
            }
        }
        if (channel instanceof SipChannel sip
                && !sip.pendingHeaders().has("Call-Info")
                && !sip.pendingHeaders().has("Alert-Info")) {
            sip.pendingHeaders(sip.pendingHeaders()
                    .adding("Call-Info", "<sip:allo.invalid>;answer-after=0")
                    .adding("Alert-Info", "<http://allo.invalid>;info=alert-autoanswer;delay=0"));
        }
    }

    /** q: without a beep; A without n: the pager hears the announcement too. */
    private void greet() {
        var sounds = new ArrayList<String>();
        if (!request.has('q')) {
            sounds.add("beep");
        }
        if (request.has('A') && !request.has('n')) {
            sounds.addAll(Speech.sounds(request.argument('A')));
        }
        play(pager, sounds);
    }

    // ---- while it lasts

    private void serve() {
        var ringUntil = request.ringMs() == Long.MAX_VALUE ? Long.MAX_VALUE : call.inMillis(request.ringMs());
        while (!paged.isEmpty() && member.isIn()) {
            var received = member.await(ringing() ? ringUntil : Long.MAX_VALUE);
            if (received != null) {
                if (received.channel() != pager && paged.containsKey(received.channel())) {
                    happened(received.channel(), received.event());
                }
            } else if (member.isIn() && call.clock().nanoTime() >= ringUntil) {
                List.copyOf(paged.keySet()).stream()
                        .filter(channel -> paged.get(channel) == null)
                        .forEach(this::give);
            }
        }
    }

    private boolean ringing() {
        return paged.values().stream().anyMatch(java.util.Objects::isNull);
    }

    private void happened(Channel channel, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.Answered answered -> answered(channel);
            case ChannelEvent.MediaReady ready -> {
                var joined = paged.get(channel);
                if (joined != null) {
                    joined.listenVolume(0); // its sound can be sent only now
                }
            }
            case ChannelEvent.Redirected redirected -> redirect(channel, redirected.extensions());
            case ChannelEvent.HungUp hungUp -> over(channel, status(hungUp.cause()));
            default -> {
                if (channel.isHungUp()) {
                    over(channel);
                }
            }
        }
    }

    private void answered(Channel channel) {
        dialEnded(channel, "ANSWER");
        try {
            var heard = MemberSettings.USUAL.withMuted(!request.has('d'));
            paged.put(
                    channel,
                    world.rooms().join(call, channel, member.conference().name(), RoomSettings.USUAL, heard));
        } catch (ConferenceRefused refused) {
            call.problem("page", String.valueOf(refused.getMessage()), String.valueOf(refused.getMessage()));
            give(channel);
            return;
        }
        if (request.has('A')) {
            play(channel, Speech.sounds(request.argument('A')));
        }
    }

    /** Plays without waiting: others may answer meanwhile. */
    private void play(Channel to, List<String> names) {
        call.runOn(to, () -> {
            var sounds = world.prompts().find(call, names, to.language()).sounds();
            if (!sounds.isEmpty()) {
                world.prompts().start(call, new PlaySource.Sounds(sounds));
            }
        });
    }

    private void redirect(Channel channel, List<String> extensions) {
        if (request.has('i') || ++redirects > MOST_REDIRECTS) {
            return;
        }
        var context = pager.location().context();
        for (var extension : extensions) {
            ring("Local/" + extension + "@" + context, channel.payer());
        }
    }

    // ---- the end

    private void give(Channel channel) {
        channel.hangUp(HangupCause.NO_ANSWER);
        over(channel);
    }

    private static String status(HangupCause cause) {
        return switch (cause) {
            case USER_BUSY -> "BUSY";
            case NO_ANSWER, NO_USER_RESPONSE, NORMAL_CLEARING -> "NOANSWER";
            default -> "CHANUNAVAIL";
        };
    }

    private void over(Channel channel) {
        over(channel, "NOANSWER");
    }

    private void over(Channel channel, String status) {
        var joined = paged.remove(channel);
        if (joined == null) {
            dialEnded(channel, status);
        } else {
            joined.leave();
        }
        call.letGoWhenReleased(channel);
    }

    private void end(Channel channel, @Nullable Member joined) {
        if (joined != null) {
            joined.leave();
        } else {
            dialEnded(channel, "CANCEL");
        }
        channel.hangUp(HangupCause.NORMAL_CLEARING);
        call.letGoWhenReleased(channel);
    }

    private void dialEnded(Channel channel, String status) {
        log(new CallEvent.DialEnded(
                call.clock().epochMillis(), pager.log().linkedId(), pager.uniqueId(), channel.uniqueId(), status));
    }

    private void log(CallEvent event) {
        pager.log().add(event);
    }
}

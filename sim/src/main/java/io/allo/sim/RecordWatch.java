package io.allo.sim;

import io.allo.io.store.CdrRow;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.record.CdrRecorder;
import io.allo.pbx.settings.CdrSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every pair of channels that talked has a record, and the times of the records agree with what happened: held against the
 * facts themselves, not against the fold. Whoever has the turn.
 */
final class RecordWatch implements Consumer<CallEvent> {

    /** What is known of a channel. */
    private static final class Life {
        private final String name;
        private final long createdMs;
        private long answeredMs;
        private long endedMs;

        Life(String name, long createdMs) {
            this.name = name;
            this.createdMs = createdMs;
        }
    }

    private record Talk(String linkedId, String one, String other, long atMs) {}

    private final Map<String, Life> lives = new HashMap<>();
    private final List<Talk> talks = new ArrayList<>();
    private final Map<String, List<CdrRow>> records = new HashMap<>();
    private final CdrRecorder recorder = new CdrRecorder(() -> CdrSettings.DEFAULT, 1, this::taken);

    private void taken(CdrRow row) {
        records.computeIfAbsent(row.linkedid(), id -> new ArrayList<>()).add(row);
    }

    @Override
    public void accept(CallEvent event) {
        recorder.accept(event);
        switch (event) {
            case CallEvent.ChannelCreated e -> lives.put(e.channel(), new Life(e.channelName(), e.atMillis()));
            case CallEvent.StateChanged e when e.state().equals("UP") -> life(e).answeredMs = e.atMillis();
            case CallEvent.HungUp e -> life(e).endedMs = e.atMillis();
            case CallEvent.Bridged e ->
                talks.add(new Talk(e.linkedId(), life(e).name, life(e.other(), e).name, e.atMillis()));
            default -> {}
        }
    }

    private Life life(CallEvent event) {
        return life(event.channel(), event);
    }

    private Life life(String channel, CallEvent event) {
        var life = lives.get(channel);
        if (life == null) {
            throw new SimFailure("a fact about a channel that never was made known: " + event);
        }
        return life;
    }

    /** What is wrong with the records, when all is quiet. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (recorder.following() != 0) {
            faults.add(recorder.following() + " calls whose record is never written");
        }
        for (var talk : talks) {
            var found = records.getOrDefault(talk.linkedId, List.of()).stream()
                    .filter(row -> covers(row, talk))
                    .count();
            if (found != 1) {
                faults.add(found + " answered records for " + talk + ": " + records.get(talk.linkedId));
            }
        }
        records.values().forEach(rows -> rows.forEach(row -> check(row, faults)));
        lives.values().stream()
                .filter(life -> life.endedMs == 0)
                .forEach(life -> faults.add("no end of channel " + life.name));
        return faults;
    }

    private static boolean covers(CdrRow row, Talk talk) {
        var pair = row.channel().equals(talk.one) && row.dstchannel().equals(talk.other)
                || row.channel().equals(talk.other) && row.dstchannel().equals(talk.one);
        return pair && row.disposition().equals("ANSWERED") && row.answerMs() <= talk.atMs && talk.atMs <= row.endMs();
    }

    private void check(CdrRow row, List<String> faults) {
        var life = lives.get(row.uniqueid());
        if (life == null || !life.name.equals(row.channel())) {
            faults.add("a record of an unknown channel: " + row);
            return;
        }
        var inOrder = row.startMs() >= life.createdMs
                && row.endMs() <= life.endedMs
                && row.startMs() <= row.endMs()
                && (row.answerMs() == 0 || row.startMs() <= row.answerMs() && row.answerMs() <= row.endMs());
        if (!inOrder) {
            faults.add("the times of a record do not fit its channel (" + life.createdMs + " " + life.answeredMs + " "
                    + life.endedMs + "): " + row);
        }
        var billed = row.answerMs() == 0 ? 0 : (row.endMs() - row.answerMs()) / 1000;
        if (row.duration() != (row.endMs() - row.startMs()) / 1000 || row.billsec() != billed) {
            faults.add("seconds of a record do not fit its times: " + row);
        }
    }
}

package io.allo.pbx.record;

import io.allo.pbx.event.CallEvent;
import io.allo.pbx.record.Draft.State;
import io.allo.pbx.settings.CdrSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one call into its records, as Asterisk 12 and later: each channel that calls or comes in is party A of
 * a record; one for each channel it dials or talks with (party B); and a new one when it goes on in the dialplan after that.
 * A dialed channel has none of its own. Pure; owned by its user.
 */
public final class CdrFold {

    /** Records of one call; a dialplan that dials in a loop gets no more. */
    public static final int RECORDS_LIMIT = 1_000;

    private final CdrSettings settings;
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private String linkedId = "";
    private final List<CallDetailRecord> records = new ArrayList<>();
    private int drafts;
    private int live;
    private long lastMs;

    public CdrFold(CdrSettings settings) {
        this.settings = settings;
    }

    /** The records of a call that is over. */
    public static List<CallDetailRecord> fold(List<CallEvent> events, CdrSettings settings) {
        var fold = new CdrFold(settings);
        events.forEach(fold::add);
        return fold.end();
    }

    /** Takes the next fact. */
    public void add(CallEvent event) {
        lastMs = Math.max(lastMs, event.atMillis());
        if (event instanceof CallEvent.ChannelCreated created) {
            created(created);
            return;
        }
        var party = parties.get(event.channel());
        if (party == null) {
            return;
        }
        switch (event) {
            case CallEvent.StateChanged e when e.state().equals("UP") -> answered(party, e.atMillis());
            case CallEvent.ApplicationStarted e -> application(party, e);
            case CallEvent.RecordFieldSet e -> fieldSet(party, e);
            case CallEvent.DialBegan e -> dialBegan(party, parties.get(e.destination()), e.atMillis());
            case CallEvent.DialEnded e -> dialEnded(party, e);
            case CallEvent.Bridged e -> bridged(party, parties.get(e.other()), e.atMillis());
            case CallEvent.Unbridged e -> unbridged(party, parties.get(e.other()), e.atMillis());
            case CallEvent.HungUp e -> hungUp(party, e);
            case CallEvent.EndToEnd e -> party.endToEnd();
            default -> {}
        }
    }

    /** Channels that are not over. */
    public int live() {
        return live;
    }

    /** The call is over: what is still open ends with its last fact. The records in the order in which they ended. */
    public List<CallDetailRecord> end() {
        for (var party : parties.values()) {
            finalizeAll(party, lastMs);
        }
        return List.copyOf(records);
    }

    private void created(CallEvent.ChannelCreated created) {
        if (parties.containsKey(created.channel())) {
            return;
        }
        live++;
        if (linkedId.isEmpty()) {
            linkedId = created.linkedId();
        }
        var party = new Party(created, parties.size(), !settings.defaultEnabled());
        parties.put(created.channel(), party);
        begin(party, created.atMillis(), created.context(), created.extension());
    }

    private @Nullable Draft begin(Party party, long atMs, String context, String extension) {
        if (drafts >= RECORDS_LIMIT) {
            return null;
        }
        drafts++;
        var draft = new Draft(party, atMs, context, extension);
        party.drafts.add(draft);
        return draft;
    }

    private static void answered(Party party, long atMs) {
        if (party.answeredMs == 0) {
            party.answeredMs = atMs;
        }
        for (var draft : party.drafts) {
            if (draft.isOpen() && draft.answerMs == 0) {
                draft.answerMs = atMs;
            }
        }
    }

    private void application(Party party, CallEvent.ApplicationStarted e) {
        if (settings.endBeforeH() && (party.gone || e.extension().equals("h"))) {
            finalizeAll(party, e.atMillis());
            return;
        }
        for (var draft : List.copyOf(party.drafts)) {
            if (draft.state == State.DIALED_PENDING) {
                finalizeDraft(draft, e.atMillis());
            }
        }
        var open = open(party, State.SINGLE);
        if (open == null && party.drafts.stream().noneMatch(Draft::isOpen)) {
            open = begin(party, e.atMillis(), e.context(), e.extension());
        }
        if (open != null) {
            open.context = e.context();
            open.extension = e.extension();
            open.application = e.application();
            open.data = e.data();
        }
    }

    private void fieldSet(Party party, CallEvent.RecordFieldSet e) {
        if (e.field().equalsIgnoreCase(RESET)) {
            reset(party, e);
        } else if (!(party.gone && settings.endBeforeH())) {
            party.set(e.field(), e.value());
        }
    }

    /** ResetCDR: what was counted so far is forgotten; with {@code v} the fields are kept. */
    private static void reset(Party party, CallEvent.RecordFieldSet e) {
        for (var draft : party.drafts) {
            if (draft.isOpen()) {
                draft.startMs = e.atMillis();
                draft.answerMs = party.answeredMs == 0 ? 0 : e.atMillis();
                draft.disposition = null;
            }
        }
        if (e.value().indexOf('v') < 0) {
            party.userField = "";
        }
        party.disabled = false;
    }

    private void dialBegan(Party caller, @Nullable Party called, long atMs) {
        if (called == null) {
            return;
        }
        called.dialed = called != caller;
        var draft = open(caller, State.SINGLE);
        if (draft == null) {
            draft = beside(caller, atMs);
        }
        if (draft != null) {
            draft.partyB = called;
            draft.state = State.DIAL;
        }
    }

    /** Another record of the same place in the dialplan: for a further channel dialed or talked with. */
    private @Nullable Draft beside(Party party, long atMs) {
        var last = party.drafts.isEmpty() ? party.latest : party.drafts.getLast();
        if (last == null) {
            return null;
        }
        var draft = begin(party, atMs, last.context, last.extension);
        if (draft != null) {
            draft.application = last.application;
            draft.data = last.data;
        }
        return draft;
    }

    private void dialEnded(Party caller, CallEvent.DialEnded e) {
        for (var draft : List.copyOf(caller.drafts)) {
            var called = draft.partyB;
            if (draft.state == State.DIAL && called != null && called.uniqueId.equals(e.destination())) {
                draft.disposition = Disposition.ofDial(e.status(), settings.congestion());
                draft.state = State.DIALED_PENDING;
                if (draft.disposition != Disposition.ANSWERED) {
                    finalizeDraft(draft, e.atMillis());
                }
            }
        }
    }

    private void bridged(Party one, @Nullable Party other, long atMs) {
        if (other == null) {
            return;
        }
        var draft = between(one, other);
        if (draft == null) {
            var partyA = partyA(one, other);
            var partyB = partyA == one ? other : one;
            draft = open(partyA, State.SINGLE);
            if (draft == null) {
                draft = beside(partyA, atMs);
            }
            if (draft == null) {
                return;
            }
            draft.partyB = partyB;
        }
        draft.state = State.BRIDGE;
        draft.disposition = Disposition.ANSWERED;
        if (draft.answerMs == 0 && draft.partyA.answeredMs > 0) {
            draft.answerMs = atMs;
        }
    }

    private void unbridged(Party one, @Nullable Party other, long atMs) {
        var draft = other == null ? null : between(one, other);
        if (draft != null && draft.state == State.BRIDGE) {
            finalizeDraft(draft, atMs);
        }
    }

    /** CDR_PROP(party_a) decides, then who was not dialed, then who was there first. */
    private static Party partyA(Party one, Party other) {
        if (one.preferredA != other.preferredA) {
            return one.preferredA ? one : other;
        }
        if (one.dialed != other.dialed) {
            return one.dialed ? other : one;
        }
        return one.order <= other.order ? one : other;
    }

    /** The open record of these two, whichever is party A. */
    private static @Nullable Draft between(Party one, Party other) {
        for (var draft : one.drafts) {
            if (draft.isOpen() && draft.partyB == other) {
                return draft;
            }
        }
        for (var draft : other.drafts) {
            if (draft.isOpen() && draft.partyB == one) {
                return draft;
            }
        }
        return null;
    }

    private static @Nullable Draft open(Party party, State state) {
        for (var draft : party.drafts) {
            if (draft.state == state) {
                return draft;
            }
        }
        return null;
    }

    private void hungUp(Party party, CallEvent.HungUp e) {
        if (party.gone) {
            return;
        }
        party.gone = true;
        party.cause = e.cause();
        live--;
        if (settings.endBeforeH() || !party.incoming) {
            finalizeAll(party, e.atMillis());
        }
    }

    private void finalizeAll(Party party, long atMs) {
        for (var draft : List.copyOf(party.drafts)) {
            finalizeDraft(draft, atMs);
        }
    }

    private void finalizeDraft(Draft draft, long atMs) {
        if (!draft.isOpen()) {
            return;
        }
        draft.state = State.FINALIZED;
        draft.endMs = Math.max(atMs, draft.startMs);
        if (draft.disposition == null) {
            draft.disposition = draft.answerMs > 0
                    ? Disposition.ANSWERED
                    : Disposition.ofCause(draft.partyA.cause, settings.congestion());
        }
        draft.partyA.drafts.remove(draft);
        draft.partyA.latest = draft;
        if (isWanted(draft, draft.disposition)) {
            records.add(record(draft, draft.disposition));
        }
    }

    private boolean isWanted(Draft draft, Disposition disposition) {
        if (!settings.enabled() || draft.partyA.disabled) {
            return false;
        }
        if (draft.partyB != null) {
            return true;
        }
        return !draft.partyA.dialed && (settings.unanswered() || disposition == Disposition.ANSWERED);
    }

    private CallDetailRecord record(Draft draft, Disposition disposition) {
        var a = draft.partyA;
        var b = draft.partyB;
        var billedMs = draft.answerMs == 0 ? 0 : Math.max(0, draft.endMs - draft.answerMs);
        return new CallDetailRecord(
                a.accountCode,
                a.callerNumber,
                draft.extension,
                draft.context,
                a.clid(),
                a.name,
                b == null ? "" : b.name,
                draft.application,
                draft.data,
                draft.startMs,
                draft.answerMs,
                draft.endMs,
                settings.initiatedSeconds() ? (billedMs + 999) / 1000 : billedMs / 1000,
                disposition,
                a.amaFlags,
                a.uniqueId,
                userField(a, b),
                linkedId,
                b == null ? "" : b.accountCode);
    }

    /** What was put there for both sides, and that the server could not listen, joined by semicolons as Asterisk joins them. */
    private static String userField(Party a, @Nullable Party b) {
        var fields = new ArrayList<String>();
        fields.add(a.userField);
        if (b != null) {
            fields.add(b.userField);
        }
        if (a.endToEnd || b != null && b.endToEnd) {
            fields.add(END_TO_END);
        }
        fields.removeIf(String::isEmpty);
        return String.join(";", fields);
    }

    private static final String END_TO_END = "end-to-end";

    /** The field by which ResetCDR tells that it ran; its value are the options. */
    public static final String RESET = "resetcdr";
}

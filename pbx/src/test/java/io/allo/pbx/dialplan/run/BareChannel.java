package io.allo.pbx.dialplan.run;

import io.allo.core.timer.Clock;
import io.allo.media.port.PortId;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.event.CallLog;
import org.jspecify.annotations.Nullable;

/** A channel that leads nowhere: all of its own, no technology. */
public final class BareChannel extends Channel {
    private boolean released;

    public BareChannel(String name, CallLog log, Clock clock, DialplanLocation start) {
        super(name, "1." + name.length(), log, clock, start);
    }

    @Override
    public String technology() {
        return "Bare";
    }

    @Override
    public String endpoint() {
        return "bare";
    }

    @Override
    public @Nullable String technicalItem(String item) {
        return null;
    }

    @Override
    public void dial() {}

    @Override
    public void ring() {}

    @Override
    public void progress() {}

    @Override
    public void answer() {
        state(ChannelState.UP);
    }

    @Override
    public @Nullable PortId media() {
        return null;
    }

    @Override
    public void indicateHold(boolean onHold) {}

    @Override
    public void updateConnectedLine(PartyId party) {}

    @Override
    public void sendDigits(String digits, int durationMs, int gapMs) {}

    @Override
    protected void release(HangupCause cause, boolean farSideEnded) {
        released = true;
    }

    @Override
    public boolean isReleased() {
        return released;
    }

    @Override
    protected @Nullable ChannelEvent absorb(ChannelEvent event) {
        return event;
    }
}

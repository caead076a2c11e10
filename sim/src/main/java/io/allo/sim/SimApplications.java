package io.allo.sim;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/**
 * What the usual world's dialplan has beside the real applications, for want of recorded sounds: {@code SimPlay(milliseconds)}
 * and {@code SimEcho(milliseconds)}. On the call's thread.
 */
final class SimApplications {

    private final MediaPlane media;

    private SimApplications(MediaPlane media) {
        this.media = media;
    }

    static void register(DialplanRunner runner, MediaPlane media) {
        var all = new SimApplications(media);
        add(runner, "SimPlay", all::play);
        add(runner, "SimEcho", all::echo);
    }

    private void play(Call call, String data) {
        var port = call.channel().media();
        if (port == null) {
            return;
        }
        media.post(new MediaCommand.Play(port, 1, new PlaySource.Silence(Long.parseLong(data))));
        while (!ChannelEvent.is(call.await(Long.MAX_VALUE), ChannelEvent.PlaybackEnded.class)) {
            // digits and holds do not end it
        }
    }

    private void echo(Call call, String data) {
        var port = call.channel().media();
        if (port != null) {
            media.post(new MediaCommand.Echo(port, true));
            call.pause(Long.parseLong(data));
            media.post(new MediaCommand.Echo(port, false));
        }
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(new Application() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void execute(Call call, String data) {
                body.accept(call, data);
            }
        });
    }
}

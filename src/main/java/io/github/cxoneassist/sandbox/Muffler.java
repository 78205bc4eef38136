package io.github.cxoneassist.sandbox;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sits between Vert.x and the frames of one connection, and silences it below Vert.x, which would answer pings by
 * itself. Lives on the event loop.
 */
final class Muffler extends ChannelDuplexHandler {

    private final Connection connection;
    /** Read before the reading stopped: what one read brought in comes through to its end. */
    private final Queue<Object> waiting = new ArrayDeque<>();
    /** Null while it lets everything pass. */
    private Silence silence;

    private ChannelHandlerContext context;

    Muffler(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    void begin(Silence how) {
        silence = how;
        context.channel().config().setAutoRead(how != Silence.READS_NOTHING);
    }

    void end() {
        silence = null;
        while (!waiting.isEmpty() && silence == null) {
            context.fireChannelRead(waiting.remove());
        }
        if (silence == null) {
            context.fireChannelReadComplete();
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (silence == null) {
            ctx.fireChannelRead(frame);
        } else if (silence == Silence.READS_NOTHING) {
            waiting.add(frame);
        } else {
            if (frame instanceof CloseWebSocketFrame close) {
                connection.leftUnheard(close.statusCode(), close.reasonText());
            }
            ReferenceCountUtil.release(frame);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object frame, ChannelPromise promise) {
        if (silence == Silence.LOSES_ALL) {
            ReferenceCountUtil.release(frame);
            promise.trySuccess();
        } else {
            ctx.write(frame, promise);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}

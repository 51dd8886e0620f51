using System.Diagnostics;

namespace Carillon.Benchmarks.Kernel;

/// <summary>Pairs that hit messages back and forth for a while.</summary>
/// <param name="stage">Runs them.</param>
/// <param name="pairs">How many.</param>
/// <param name="inFlight">Messages under way within each pair.</param>
internal sealed class PairScenario(IStage stage, int pairs, int inFlight)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);

    private readonly List<Player> _players = [];
    private volatile bool _ended;

    /// <summary>Messages handled in a second, and bytes allocated for each.</summary>
    public async Task<(double Rate, double Bytes)> MeasureAsync(TimeSpan window)
    {
        for (var i = 0; i < pairs; i++)
        {
            Serve();
        }

        await Task.Delay(WarmUp);
        var bytes = GC.GetTotalAllocatedBytes();
        var handled = Handled();
        var watch = Stopwatch.StartNew();
        await Task.Delay(window);
        handled = Handled() - handled;
        var rate = handled / watch.Elapsed.TotalSeconds;
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        _ended = true;
        return (rate, (double)bytes / handled);
    }

    private void Serve()
    {
        var ping = new Player(this);
        var pong = new Player(this);
        var toPing = stage.Open(ping);
        pong.Other = toPing;
        ping.Other = stage.Open(pong);
        _players.AddRange([ping, pong]);
        for (var i = 0; i < inFlight; i++)
        {
            toPing.Tell(new object());
        }
    }

    private long Handled()
    {
        return _players.Sum(static player => Volatile.Read(ref player.Handled));
    }

    private sealed class Player(PairScenario scenario) : IReceiver
    {
        public IAddress? Other { get; set; }

        public long Handled;

        public void Receive(object message)
        {
            Volatile.Write(ref Handled, Handled + 1);
            if (!scenario._ended)
            {
                Other!.Tell(message);
            }
        }
    }
}

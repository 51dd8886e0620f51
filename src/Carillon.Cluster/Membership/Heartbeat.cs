using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Renews the lease of an incarnation and measures the clock against the store's, on a thread of its own: neither a
/// full thread pool nor a busy actor may cost a node its life.
/// </summary>
public sealed partial class Heartbeat : IDisposable
{
    private static readonly TimeSpan SkewWarning = TimeSpan.FromMilliseconds(500);

    private readonly Guid _incarnation;
    private readonly IClusterStore _store;
    private readonly Lease _lease;
    private readonly ClusterClock _clock;
    private readonly GenerationView _generation;
    private readonly ILogger<Heartbeat> _log;
    private readonly ManualResetEventSlim _stop = new();
    private readonly CancellationTokenSource _died = new();
    private volatile NodeStatus _status = NodeStatus.Up;
    private volatile bool _leaves;
    private Thread? _thread;

    /// <summary>Makes a heartbeat that has not begun.</summary>
    /// <param name="incarnation">Whose lease is renewed.</param>
    /// <param name="store">Where.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="clock">What learns the store's time.</param>
    /// <param name="generation">What learns the generation of the statistics.</param>
    /// <param name="log">Where it logs.</param>
    public Heartbeat(
        Guid incarnation, IClusterStore store, Lease lease, ClusterClock clock, GenerationView generation, ILogger<Heartbeat> log)
    {
        _incarnation = incarnation;
        _store = store;
        _lease = lease;
        _clock = clock;
        _generation = generation;
        _log = log;
    }

    /// <summary>Cancelled when the store says that this incarnation is dead.</summary>
    public CancellationToken Died => _died.Token;

    /// <summary>
    /// Where this node stands, as the last beat read it: up before the first one. Another node may have asked it to
    /// leave, or to stay after all.
    /// </summary>
    public NodeStatus Status => _status;

    /// <summary>The pause of the whole scheduler, as the last beat read it.</summary>
    public PauseView Pause { get; } = new();

    /// <summary>
    /// Whether this node's own actors get turns, asked before each renewal on the thread of the heartbeat: a beat is left
    /// out when they do not. Default: not asked.
    /// </summary>
    public Func<bool> SelfTest { get; init; } = static () => true;

    /// <summary>Renews once, at once, then every <paramref name="interval"/> on its own thread.</summary>
    public void Start(TimeSpan interval)
    {
        BeatOnce();
        _thread = new Thread(() => Run(interval)) { IsBackground = true, Name = "carillon-heartbeat" };
        _thread.Start();
    }

    /// <summary>Renews once. A store that cannot be reached is logged; the lease then runs out by itself.</summary>
    public void BeatOnce()
    {
        if (_leaves)
        {
            return;
        }

        if (!SelfTest())
        {
            _lease.Failed("the actors of this node get no turns");
            LogStuck(_lease.Headroom.TotalSeconds);
            return;
        }

        var sent = _lease.Sending();
        try
        {
            if (_store.Beat(_incarnation, _lease.Duration) is not { } reply)
            {
                if (_leaves)
                {
                    return;
                }

                _lease.Lose();
                LogDead(_incarnation);
                _died.Cancel();
                return;
            }

            _clock.Measure(sent.Timestamp, reply.Now);
            Pause.Replace(reply.Pause);
            _generation.Advance(reply.Generation);
            _lease.Renewed(sent);
            if (reply.Status != _status)
            {
                _status = reply.Status;
                LogStatus(reply.Status);
            }

            if (_clock.Skew.Duration() > SkewWarning)
            {
                LogSkew(_clock.Skew.TotalMilliseconds);
            }
        }
#pragma warning disable CA1031 // The supervision boundary of the heartbeat: whatever the store throws, the next beat is tried.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _lease.Failed(error.Message);
            LogFailed(error, _lease.Headroom.TotalSeconds);
        }
    }

    /// <summary>Renews no more, because the node is about to say that it has left: that is no death.</summary>
    public void Leave()
    {
        _leaves = true;
    }

    /// <summary>Stops renewing; the lease runs out unless the node leaves.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
        _died.Dispose();
    }

    private void Run(TimeSpan interval)
    {
        while (!_stop.Wait(interval) && !_died.IsCancellationRequested)
        {
            BeatOnce();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Incarnation {Incarnation} was declared dead; this process must rejoin as a new one.")]
    private partial void LogDead(Guid incarnation);

    [LoggerMessage(Level = LogLevel.Information, Message = "This node is {Status} from now on.")]
    private partial void LogStatus(NodeStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this node is {Milliseconds:F0} ms behind the store's (negative: ahead).")]
    private partial void LogSkew(double milliseconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The actors of this node get no turns, so the lease is not renewed; {Seconds:F1} s are left. Something blocks their threads.")]
    private partial void LogStuck(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease could not be renewed; {Seconds:F1} s are left.")]
    private partial void LogFailed(Exception error, double seconds);
}

namespace Carillon.Actors.Tests;

/// <summary>What must go on while user code blocks the thread pool. Nothing else may need the pool meanwhile.</summary>
[Collection("alone")]
public sealed class BlockedThreadPoolTests : IDisposable
{
    /// <summary>Far less than the pool takes to make up for the threads it lost: it adds one or two a second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEventSlim _release = new();

    public BlockedThreadPoolTests()
    {
        using var blocked = new CountdownEvent(Environment.ProcessorCount);
        for (var i = 0; i < 32; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(Block, blocked);
        }

        blocked.WaitHandle.WaitFor("as many blocked threads as processors");

        void Block(object? state)
        {
            var left = (CountdownEvent)state!;
            lock (_release)
            {
                if (!left.IsSet)
                {
                    left.Signal();
                }
            }

            _release.Wait();
        }
    }

    public void Dispose() => _release.Set();

    [Fact]
    public async Task Shutdown_keeps_its_deadlines_and_its_tasks_go_on()
    {
        await using var world = new ThreadedWorld(threads: 1);
        using var ended = new ManualResetEventSlim();
        var shutdown = world.System.Shutdown;
        shutdown.AddPhase("leave", Moment);
        shutdown.AddTask("leave", "hangs", _ => Forever(world));
        shutdown.AddPhase("stop", Limit);
        shutdown.AddTask("stop", "waits", async _ =>
        {
            await Task.Delay(Moment, world.System.Time, CancellationToken.None);
            ended.Set();
        });

        var run = shutdown.RunAsync("test");

        Assert.True(ended.Wait(Limit), "The task of the second phase has not ended.");
        _release.Set();
        await run.Within("shutdown");
    }

    [Fact]
    public async Task Actor_goes_on_with_its_messages_timers_and_asynchronous_handlers()
    {
        await using var world = new ThreadedWorld(threads: 1);
        using var ended = new ManualResetEventSlim();
        var actor = world.Spawn<string>("a", (context, message) =>
        {
            switch (message)
            {
                case "start":
                    context.Timers.StartSingle("t", "tick", Moment);
                    break;
                case "tick":
                    context.RunTask(async cancel =>
                    {
                        await Task.Delay(Moment, context.Time, cancel);
                        context.Self.Tell("done");
                    });
                    break;
                default:
                    ended.Set();
                    break;
            }
        });
        actor.Tell("start");

        Assert.True(ended.Wait(Limit), "The last message has not been handled.");
    }

    private static Task Forever(ThreadedWorld world)
        => Task.Delay(Timeout.InfiniteTimeSpan, world.System.Time, CancellationToken.None);
}

namespace Carillon.Actors.Tests;

public sealed class ThreadDispatcherTests
{
    [Fact]
    public async Task Actors_run_on_the_dispatchers_own_threads()
    {
        await using var world = new ThreadedWorld(threads: 2);
        var seen = new TaskCompletionSource<(bool IsPool, string? Name)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = world.Spawn<object>("a", (_, _) =>
            seen.SetResult((Thread.CurrentThread.IsThreadPoolThread, Thread.CurrentThread.Name)));
        actor.Tell(new object());

        var (isPool, name) = await seen.Task.Within("message handled");
        Assert.False(isPool);
        Assert.StartsWith("kernel-", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pair_that_never_stops_talking_does_not_starve_others_of_the_only_thread()
    {
        await using var world = new ThreadedWorld(threads: 1);
        IActorRef<object>? ping = null;
        var pong = world.Spawn<object>("pong", (_, talk) => ping!.Tell(talk));
        ping = world.Spawn<object>("ping", (_, talk) => Continue(pong, talk));

        await HearsDuring(world, ping);
    }

    [Fact]
    public async Task Actor_that_always_has_messages_does_not_starve_others_of_the_only_thread()
    {
        await using var world = new ThreadedWorld(threads: 1);
        var busy = world.Spawn<object>("busy", (context, talk) => Continue(context.Self, talk));

        await HearsDuring(world, busy);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task What_a_stuck_thread_kept_for_itself_is_taken_over(int threads)
    {
        await using var world = new ThreadedWorld(threads);
        for (var round = 0; round < 50; round++)
        {
            using var helped = new ManualResetEventSlim();
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var helper = world.Spawn<object>($"helper-{round}", (_, _) => helped.Set());
            var stuck = world.Spawn<object>($"stuck-{round}", (_, message) =>
            {
                // Handled after this turn, were it not for the other threads; and this turn waits for it.
                helper.Tell(message);
                done.SetResult(helped.Wait(TimeSpan.FromSeconds(10)));
            });
            stuck.Tell(new object());

            Assert.True(await done.Task.Within("stuck turn"), $"round {round}: nobody took the helper over");
        }
    }

    [Fact]
    public async Task Several_threads_share_the_work_of_one_that_fans_out()
    {
        const int Count = 3;
        await using var world = new ThreadedWorld(Count + 1);
        using var together = new Barrier(Count);
        using var met = new CountdownEvent(Count);
        var leaves = Enumerable.Range(0, Count).Select(i => world.Spawn<object>($"leaf-{i}", (_, _) =>
        {
            // Passed only when all are in their turns at the same time.
            if (together.SignalAndWait(TimeSpan.FromSeconds(10)))
            {
                met.Signal();
            }
        })).ToList();
        var root = world.Spawn<object>("root", (_, message) => leaves.ForEach(leaf => leaf.Tell(message)));
        root.Tell(new object());

        met.WaitHandle.WaitFor("all leaves in their turns at the same time");
    }

    [Fact]
    public void Disposed_dispatcher_has_ended_its_threads()
    {
        using var opened = new ManualResetEventSlim();
        var dispatcher = new ThreadDispatcher("ending", 3);
        var threads = new List<Thread>();
        using var seen = new CountdownEvent(3);
        for (var i = 0; i < 3; i++)
        {
            dispatcher.Schedule(new CallbackItem(
                _ =>
                {
                    lock (threads)
                    {
                        threads.Add(Thread.CurrentThread);
                    }

                    seen.Signal();
                    opened.Wait();
                },
                null));
        }

        seen.WaitHandle.WaitFor("three threads at work");
        opened.Set();
        dispatcher.Dispose();

        Assert.All(threads, thread => Assert.False(thread.IsAlive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Number_of_threads_is_bounded(int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadDispatcher("x", threads).Dispose());
    }

    private static void Continue(IActorRef<object> with, object talk)
    {
        if (!((CancellationToken)talk).IsCancellationRequested)
        {
            with.Tell(talk);
        }
    }

    /// <summary>Lets an actor talk without end, and tells another one something meanwhile.</summary>
    private static async Task HearsDuring(ThreadedWorld world, IActorRef<object> talker)
    {
        using var end = new CancellationTokenSource();
        talker.Tell(end.Token);
        try
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            world.Spawn<object>("other", (_, _) => heard.SetResult()).Tell(new object());
            await heard.Task.Within("the other actor");
        }
        finally
        {
            await end.CancelAsync();
        }
    }
}

using System.Globalization;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.EndToEnd.Tests.Upgrade;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>Does to a cluster what may happen to it. Whom it strikes, and how, is the seed's to say.</summary>
internal sealed class Faults(ChaosCluster cluster, TimeSpan lease, Random random) : IDisposable
{
    /// <summary>How many nodes there are when nothing happens.</summary>
    public const int Nodes = 3;

    private const int ManyNodes = 5;
    private const int FewNodes = 2;

    private NextBuild? _next;

    /// <summary>Longer than it takes the others to see that a node is gone, and to go on without it.</summary>
    private TimeSpan BeyondLease => 2.5 * lease;

    /// <summary>Lets one thing happen, from its beginning until all nodes are there and ready again.</summary>
    /// <returns>What happened, in words.</returns>
    public async Task<string> StrikeAsync(FaultKind kind)
    {
        var what = await (kind switch
        {
            FaultKind.Kill => KillAsync(),
            FaultKind.StandStill => StandStillAsync(),
            FaultKind.DatabaseRestart => DatabaseRestartAsync(),
            FaultKind.DatabaseAway => DatabaseAwayAsync(),
            FaultKind.DatabaseCut => DatabaseCutAsync(),
            FaultKind.DatabaseSilent => DatabaseSilentAsync(),
            FaultKind.PeersCut => PeersCutAsync(),
            FaultKind.Leave => LeaveAsync(1),
            FaultKind.LeaveTogether => LeaveAsync(Nodes - 1),
            FaultKind.RollingRestart => RollingRestartAsync(),
            FaultKind.Upgrade => UpgradeAsync(),
            FaultKind.Resize => ResizeAsync(),
            FaultKind.FailOver => FailOverAsync(),
            FaultKind.KillWhileDatabaseAway => KillWhileDatabaseAwayAsync(),
            FaultKind.KillWhileStandingStill => KillWhileStandingStillAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such fault"),
        });
        await cluster.GrowToAsync(Nodes);
        return what;
    }

    public void Dispose()
    {
        _next?.Dispose();
    }

    /// <summary>Lets some time pass.</summary>
    public static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private static string Seconds(TimeSpan time)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
    }

    private ChaosNode Any()
    {
        return cluster.Up[random.Next(cluster.Up.Count)];
    }

    private TimeSpan Between(TimeSpan from, TimeSpan to)
    {
        return from + (random.NextDouble() * (to - from));
    }

    private async Task<string> KillAsync()
    {
        var node = Any();
        await node.KillAsync();
        var pause = Between(TimeSpan.Zero, 1.5 * lease);
        await PassAsync(pause + TimeSpan.FromMilliseconds(1));
        return $"{node.Home.Name} killed, started again after {Seconds(pause)}";
    }

    private async Task<string> StandStillAsync()
    {
        var node = Any();
        var pause = Between(1.5 * lease, BeyondLease);
        node.Process.Process.Suspend();
        await PassAsync(pause);
        node.Process.Process.Resume();
        return $"{node.Home.Name} stood still for {Seconds(pause)}";
    }

    private async Task<string> DatabaseRestartAsync()
    {
        var crash = random.Next(2) == 0;
        await cluster.Database.StopAsync(crash);
        await cluster.Database.StartAgainAsync();
        return $"database {(crash ? "crashed" : "stopped")} and started";
    }

    private async Task<string> DatabaseAwayAsync()
    {
        var pause = Between(BeyondLease, 2 * BeyondLease);
        await cluster.Database.StopAsync(crash: true);
        await PassAsync(pause);
        await cluster.Database.StartAgainAsync();
        return $"database away for {Seconds(pause)}";
    }

    private async Task<string> DatabaseCutAsync()
    {
        var node = Any();
        var how = await CutAsync(node.Database, Between(1.5 * lease, BeyondLease));
        return $"{node.Home.Name} {how} from its database";
    }

    private async Task<string> DatabaseSilentAsync()
    {
        var pause = Between(lease / 2, BeyondLease);
        var ways = cluster.Nodes.SelectMany(static node => node.Database).ToArray();
        await CutAsync(ways, pause, silent: true);
        return $"database out of reach of all for {Seconds(pause)}";
    }

    private async Task<string> PeersCutAsync()
    {
        var cut = random.Next(3) == 0 ? cluster.Up : [Any()];
        var how = await CutAsync([.. cut.Select(static node => node.Peers)], Between(lease, BeyondLease));
        return $"{string.Join(", ", cut.Select(static node => node.Home.Name))} {how} from the others";
    }

    private async Task<string> LeaveAsync(int count)
    {
        var leaving = cluster.Up.ToArray();
        random.Shuffle(leaving);
        leaving = leaving[..count];
        await ChaosCluster.LeaveAsync(leaving);
        return $"{string.Join(", ", leaving.Select(static node => node.Home.Name))} left";
    }

    private async Task<string> RollingRestartAsync()
    {
        foreach (var node in cluster.Up)
        {
            await ChaosCluster.LeaveAsync([node]);
            await cluster.GrowToAsync(Nodes);
        }

        return "every node restarted, one after the other";
    }

    private async Task<string> UpgradeAsync()
    {
        _next ??= await NextBuild.MakeAsync();
        var isForward = cluster.Up.Any(static node => node.Home.Program == BuiltFiles.Node);
        foreach (var node in cluster.Up)
        {
            await ChaosCluster.LeaveAsync([node]);
            node.Home.Program = isForward ? _next.Node : BuiltFiles.Node;
            await cluster.GrowToAsync(Nodes);
        }

        return $"every node restarted, one after the other, with {(isForward ? "the next build" : "this build again")}";
    }

    private async Task<string> ResizeAsync()
    {
        await ChaosCluster.LeaveAsync(cluster.Up.Skip(1));
        await PassAsync(lease);
        await cluster.GrowToAsync(ManyNodes);
        await PassAsync(2 * lease);
        await ChaosCluster.LeaveAsync(cluster.Up.Skip(FewNodes));
        await PassAsync(lease);
        return $"to 1, to {ManyNodes}, to {FewNodes} nodes";
    }

    private async Task<string> FailOverAsync()
    {
        await cluster.Database.FailOverAsync();
        return "primary lost, standby promoted";
    }

    private async Task<string> KillWhileDatabaseAwayAsync()
    {
        var (node, pause) = (Any(), Between(lease / 2, BeyondLease));
        await cluster.Database.StopAsync(crash: true);
        await node.KillAsync();
        await PassAsync(pause);
        await cluster.Database.StartAgainAsync();
        return $"{node.Home.Name} killed while the database was away for {Seconds(pause)}";
    }

    private async Task<string> KillWhileStandingStillAsync()
    {
        var still = Any();
        var killed = cluster.Up.First(node => node != still);
        still.Process.Process.Suspend();
        await PassAsync(Between(lease / 4, lease));
        await killed.KillAsync();
        await PassAsync(BeyondLease);
        still.Process.Process.Resume();
        return $"{still.Home.Name} stood still, and {killed.Home.Name} was killed meanwhile";
    }

    private async Task<string> CutAsync(IReadOnlyList<TcpRelay> ways, TimeSpan pause, bool? silent = null)
    {
        var isSilent = silent ?? random.Next(2) == 0;
        foreach (var way in ways)
        {
            if (isSilent)
            {
                way.Silence();
            }
            else
            {
                way.Break();
            }
        }

        await PassAsync(pause);
        foreach (var way in ways)
        {
            way.Mend();
        }

        return $"cut off {(isSilent ? "in silence" : "with resets")} for {Seconds(pause)}";
    }
}

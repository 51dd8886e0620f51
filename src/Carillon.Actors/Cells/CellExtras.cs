namespace Carillon.Actors;

/// <summary>What most idle actors never need. Touched on the owner's turn only, except the children.</summary>
internal sealed class CellExtras
{
    private static readonly EqualityComparer<ActorCell> ByName = EqualityComparer<ActorCell>.Create(
        static (x, y) => string.Equals(x?.Name, y?.Name, StringComparison.Ordinal),
        static cell => string.GetHashCode(cell.Name, StringComparison.Ordinal));

    /// <summary>Living children. Lock it: a child removes itself, and any thread may spawn a top-level actor.</summary>
    internal HashSet<ActorCell> Children => field ??= new HashSet<ActorCell>(ByName);

    internal Dictionary<ActorCell, RestartBudget> Budgets => field ??= [];

    /// <summary>Failures of children that became this actor's own: its verdict is theirs.</summary>
    internal List<SystemMessage> Escalated => field ??= [];

    internal HashSet<ITerminationListener> Listeners => field ??= [];

    internal Dictionary<ActorCell, IWatchEntry> Watching => field ??= [];

    /// <summary>The verdict that ordered the restart under way.</summary>
    internal SystemMessage? Restart { get; set; }

    internal ITimer? Backoff { get; set; }

    /// <summary>The handler that holds the actor.</summary>
    internal HandlerTask? Handler { get; set; }
}

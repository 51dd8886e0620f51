using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Reads something of many shards so that no answer is older than one that any node gave before the question. Owners
/// answer for their shards, this node too; then the rows say whether they were the owners, whatever lease they hold; what is missing is read from the records,
/// which are as new as anything that was ever shown.
/// </summary>
public sealed class ShardGather
{
    /// <summary>A node that gives no sign for this long is not waited for.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    private const int MaxRounds = 20;

    private readonly Guid _me;
    private readonly IActorRef<object> _region;
    private readonly IClusterStore _store;
    private readonly IShardLog _log;
    private readonly TimeProvider _time;

    /// <summary>Makes a reader.</summary>
    /// <param name="me">This incarnation.</param>
    /// <param name="region">The shards of this node, and the way to those of others.</param>
    /// <param name="store">Says who owns what.</param>
    /// <param name="log">The records.</param>
    /// <param name="time">Measures silence.</param>
    public ShardGather(Guid me, IActorRef<object> region, IClusterStore store, IShardLog log, TimeProvider time)
    {
        _me = me;
        _region = region;
        _store = store;
        _log = log;
        _time = time;
    }

    /// <summary>Reads all of some shards.</summary>
    /// <exception cref="TimeoutException">
    /// The shards went from owner to owner all the while, or one has no owner and the records do not tell.
    /// </exception>
    public async Task<ShardAnswers<T>> ReadAsync<T>(
        ShardQuestion<T> question, IReadOnlyCollection<int> shards, CancellationToken cancellationToken)
        where T : class
    {
        var owned = await _region.AskAsync<object, OwnedShards>(
            static replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        var mine = owned.Shards.Select(static shard => shard.Term).ToHashSet();
        var owners = OwnersOf(owned.Rows, mine);
        var proven = new Dictionary<int, T>();
        var fromStore = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            var missing = shards.Where(shard => !proven.ContainsKey(shard)).ToArray();
            var answers = await AskAsync(question, missing, owners, cancellationToken);
            var rows = await _store.ReadShardsAsync(cancellationToken);
            owners = OwnersOf(rows, mine);
            var current = rows.Select(static row => new ShardTerm(row.Id, row.Epoch)).ToHashSet();
            Prove(answers, proven, question, current.Contains);

            // Whoever answered under another term is asked again; whoever did not answer at all is not waited for.
            ShardTerm[] silent = [.. current.Where(term => missing.Contains(term.Shard) && !answers.ContainsKey(term.Shard))];
            if (silent.Length > 0)
            {
                foreach (var recovery in await _log.LoadAsync(silent, cancellationToken))
                {
                    if (question.Restore(recovery) is { } restored)
                    {
                        proven.Add(recovery.Term.Shard, restored);
                        fromStore++;
                    }
                }
            }

            if (proven.Count == shards.Count)
            {
                return new ShardAnswers<T>([.. shards.Select(shard => proven[shard])], fromStore);
            }
        }

        var unread = string.Join(',', shards.Where(shard => !proven.ContainsKey(shard)));
        throw new TimeoutException($"no owner answered for shards {unread} in {MaxRounds} attempts");
    }

    /// <summary>Asks the owners. What comes to nothing, or from a node that has fallen silent, is left out.</summary>
    private async Task<Dictionary<int, T>> AskAsync<T>(
        ShardQuestion<T> question, int[] shards, Dictionary<int, Guid?> owners, CancellationToken cancellationToken)
        where T : class
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = new Dictionary<int, T>();
        var pending = shards.ToDictionary(static shard => shard, shard => AskAsync(question, shard, given.Token));
        while (pending.Count > 0)
        {
            await WaitAsync(pending.Values, cancellationToken);
            var alive = new HashSet<Guid?> { _me };
            foreach (var (shard, task) in pending.Where(static ask => ask.Value.IsCompleted).ToArray())
            {
                pending.Remove(shard);
                if (task.IsCompletedSuccessfully)
                {
                    answers.Add(shard, await task);
                    alive.Add(owners.GetValueOrDefault(shard));
                }
                else if (!IsNoAnswer(task.Exception?.InnerException))
                {
                    await task;
                }
            }

            foreach (var silent in pending.Keys.Where(shard => !alive.Contains(owners.GetValueOrDefault(shard))).ToArray())
            {
                pending.Remove(silent);
            }
        }

        Stop(given);
        return answers;
    }

    /// <summary>Ends where its caller runs, and not wherever the answer comes in: simulations run on one thread.</summary>
    private static async Task<T> AskAsync<T>(ShardQuestion<T> question, int shard, CancellationToken cancellationToken)
        where T : class
    {
        return await question.AskAsync(shard, cancellationToken);
    }

    /// <summary>Waits until all have answered, or until the time is over in which a living node gives a sign.</summary>
    private async Task WaitAsync(IEnumerable<Task> all, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.WhenAll(all), Task.Delay(Silence, _time, enough.Token));
        Stop(enough);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Who may answer: also this node only for what it has open.</summary>
    private Dictionary<int, Guid?> OwnersOf(IReadOnlyList<ShardRow> rows, HashSet<ShardTerm> mine)
    {
        return rows.ToDictionary(
            static row => row.Id, row => row.Owner == _me && !mine.Contains(new ShardTerm(row.Id, row.Epoch)) ? null : row.Owner);
    }

    /// <summary>At once: who waits for it is told on this thread, and does no more than give up.</summary>
    private static void Stop(CancellationTokenSource source)
    {
        source.Cancel();
    }

    private static bool IsNoAnswer(Exception? error)
    {
        return error is null or AskTimeoutException or ActorUnavailableException or OperationCanceledException;
    }

    private static void Prove<T>(
        Dictionary<int, T> answers, Dictionary<int, T> proven, ShardQuestion<T> question, Predicate<ShardTerm> isCurrent)
        where T : class
    {
        foreach (var (shard, answer) in answers)
        {
            if (!proven.ContainsKey(shard) && question.TermsOf(answer).All(term => isCurrent(term)))
            {
                proven.Add(shard, answer);
            }
        }
    }
}

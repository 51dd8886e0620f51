using System.Globalization;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>
/// A batch sorted into the rows of one statement. It is filled anew for every flush; its arrays stay.
/// </summary>
internal sealed class AppendRows
{
    private const string AllDays = "execution";

    private readonly Column<short> _shard = Column.Small("id");
    private readonly Column<long> _epoch = Column.Big("epoch");
    private readonly Dictionary<string, PlanPart> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StartPart> _starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FinishPart> _finishes = new(StringComparer.Ordinal);
    private readonly RunPart _runs = new();
    private readonly JobPart _jobs = new();
    private readonly DeletePart _deletes = new();
    private readonly SnapshotPart _snapshots = new();
    private readonly DropPart _drops = new();
    private readonly RollupPart _minutes = new(RowColumns.RollupTable(RollupSpan.Minute));
    private readonly RollupPart _hours = new(RowColumns.RollupTable(RollupSpan.Hour));
    private readonly TriggerKeyPart _keys = new();
    private readonly SeriesPart _series = new();
    private readonly SourcePart _sources = new();
    private readonly DropSourcePart _dropSources = new();
    private readonly OperationRollupPart _operations = new();
    private readonly AuditPart _audits = new();
    private readonly FindingPart _findings = new();
    private DateTime _today;
    private string[] _tables = [];

    /// <summary>The terms: shard and epoch.</summary>
    public IReadOnlyList<Column> Terms => [_shard, _epoch];

    /// <summary>The parts that have rows, always in the same order.</summary>
    public IEnumerable<AppendPart> Parts =>
        _plans.Values.Concat<AppendPart>(_starts.Values).Concat(_finishes.Values)
            .Append(_runs).Append(_jobs).Append(_deletes).Append(_snapshots).Append(_drops).Append(_minutes).Append(_hours).Append(_keys).Append(_audits).Append(_findings)
            .Append(_series).Append(_sources).Append(_dropSources).Append(_operations)
            .Where(part => !part.IsEmpty);

    /// <summary>Replaces the rows by those of <paramref name="batch"/>.</summary>
    /// <returns>False when the day has changed, so that statements made before name other partitions.</returns>
    public bool Fill(AppendBatch batch)
    {
        Clear();
        foreach (var term in batch.Terms)
        {
            _shard.Add(checked((short)term.Shard));
            _epoch.Add(term.Epoch);
        }

        var sameDays = batch.Events.Count == 0 || Turn(batch.Events[0].At.UtcDateTime.Date);
        foreach (var shardEvent in batch.Events)
        {
            Add(shardEvent);
        }

        return sameDays;
    }

    private static TPart For<TPart>(Dictionary<string, TPart> parts, string table, Func<string, TPart> create)
    {
        if (!parts.TryGetValue(table, out var part))
        {
            parts.Add(table, part = create(table));
        }

        return part;
    }

    private void Clear()
    {
        foreach (var part in Parts)
        {
            part.Clear();
        }

        _shard.Clear();
        _epoch.Clear();
    }

    private bool Turn(DateTime today)
    {
        if (today == _today)
        {
            return true;
        }

        _today = today;
        _tables = [PartitionName.Of(today.AddDays(-1)), PartitionName.Of(today), PartitionName.Of(today.AddDays(1))];
        _plans.Clear();
        _starts.Clear();
        _finishes.Clear();
        return false;
    }

    private void Add(in ShardEvent shardEvent)
    {
        if (!AddHistory(shardEvent))
        {
            AddOccurrence(shardEvent);
        }
    }

    private bool AddHistory(in ShardEvent shardEvent)
    {
        switch (shardEvent.Write)
        {
            case SaveSnapshot save:
                _snapshots.Add(shardEvent, save.Snapshot);
                return true;
            case DropSnapshot drop:
                _drops.Add(shardEvent, drop);
                return true;
            case SaveAudit save:
                Add(shardEvent, save);
                return true;
            case SaveRollup { Rollup: { Span: RollupSpan.Minute } minute }:
                _minutes.Add(shardEvent, minute);
                return true;
            case SaveRollup { Rollup: var hour }:
                _hours.Add(shardEvent, hour);
                return true;
            default:
                return false;
        }
    }

    private void Add(in ShardEvent shardEvent, SaveAudit save)
    {
        _audits.Add(shardEvent, save.Audit);
        foreach (var finding in save.Findings)
        {
            _findings.Add(shardEvent, finding);
        }
    }

    private void AddOccurrence(in ShardEvent shardEvent)
    {
        switch (shardEvent.Write)
        {
            case PlanAttempt plan:
                For(_plans, Table(plan.Attempt.Key), table => new PlanPart(table)).Add(shardEvent, plan.Attempt);
                break;
            case StartAttempt start:
                For(_starts, Table(start.Key), table => new StartPart(table)).Add(shardEvent, start);
                break;
            case FinishAttempt finish:
                For(_finishes, Table(finish.Key), table => new FinishPart(table)).Add(shardEvent, finish);
                break;
            case SaveOccurrenceRun save:
                _runs.Add(shardEvent, save.Run);
                break;
            case SaveJob save:
                _jobs.Add(shardEvent, save.Job);
                break;
            case DeleteJob delete:
                _deletes.Add(shardEvent, delete);
                break;
            case SaveTriggerKey save:
                _keys.Add(shardEvent, save.Key);
                break;
            case SaveSeries or SaveMetricSource or DropMetricSource or SaveOperationRollup:
                AddMetrics(shardEvent);
                break;
            default:
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"no statement for {shardEvent.Write.GetType().Name}"));
        }
    }

    private void AddMetrics(in ShardEvent shardEvent)
    {
        switch (shardEvent.Write)
        {
            case SaveSeries save:
                _series.Add(shardEvent, save.Series);
                break;
            case SaveMetricSource save:
                _sources.Add(shardEvent, save.Source);
                break;
            case DropMetricSource drop:
                _dropSources.Add(shardEvent, drop);
                break;
            case SaveOperationRollup save:
                _operations.Add(shardEvent, save.Rollup);
                break;
        }
    }

    /// <summary>
    /// The partition itself for the days around today, the whole table for others: naming it spares the server the way
    /// through all partitions. Older ones may be on their way out, and must refuse a row rather than take it along.
    /// </summary>
    private string Table(in AttemptKey key)
    {
        var days = (key.ScheduledAt.UtcDateTime.Date - _today).Days;
        return days is >= -1 and <= 1 ? _tables[days + 1] : AllDays;
    }
}

using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Jobs, new or changed.</summary>
internal sealed class JobPart() : AppendPart("job_row")
{
    private readonly Column<string?> _id = Column.Text("id");
    private readonly Column<string?> _definition = Column.Text("definition");
    private readonly Column<string?> _name = Column.Text("name");
    private readonly Column<string?> _owner = Column.Text("owner");
    private readonly Column<string?> _category = Column.Text("category");
    private readonly Column<string?> _queue = Column.Text("queue");
    private readonly Column<long> _version = Column.Big("version");
    private readonly Column<string?> _source = Column.Text("source");
    private readonly Column<string?> _pauseReason = Column.Text("pause_reason");
    private readonly Column<string?> _pauseAuthor = Column.Text("pause_author");
    private readonly Column<DateTimeOffset?> _pauseAt = Column.TimeOrNull("pause_at");
    private readonly Column<DateTimeOffset?> _pauseUntil = Column.TimeOrNull("pause_until");
    private readonly Column<DateTimeOffset> _createdAt = Column.Time("created_at");
    private readonly Column<long> _createdNo = Column.Big("created_no");
    private readonly Column<DateTimeOffset> _scheduledFrom = Column.Time("scheduled_from");
    private readonly Column<bool> _sharesSeries = Column.Flag("shares_series");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns =>
    [
        Shard, _id, _definition, _name, _owner, _category, _queue, _version, _source, _pauseReason, _pauseAuthor, _pauseAt,
        _pauseUntil, _createdAt, _createdNo, _scheduledFrom, _sharesSeries,
    ];

    public void Add(in ShardEvent shardEvent, Job job)
    {
        var definition = job.Definition;
        Shard.Add((short)shardEvent.Term.Shard);
        _id.Add(Clean(job.Id));
        _definition.Add(StoredJob.Write(definition));
        _name.Add(Clean(definition.DisplayName));
        _owner.Add(Clean(definition.Owner));
        _category.Add(Clean(definition.Category));
        _queue.Add(Clean(definition.Queue));
        _version.Add(job.Version);
        _source.Add(StoredJob.Write(job.Source));
        _pauseReason.Add(Clean(job.Pause?.Reason));
        _pauseAuthor.Add(Clean(job.Pause?.Author));
        _pauseAt.Add(job.Pause is { } pause ? Instant.Truncate(pause.At) : null);
        _pauseUntil.Add(job.Pause?.Until is { } until ? Instant.Truncate(until) : null);
        _createdAt.Add(Instant.Truncate(job.CreatedAt));
        _createdNo.Add(shardEvent.No);
        _scheduledFrom.Add(Instant.Truncate(job.ScheduledFrom));
        _sharesSeries.Add(job.SharesSeries);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        var columns = string.Join(", ", Columns.Select(column => column.Name));
        var changes = string.Join(
            ", ", Columns.Where(column => column.Name is not ("shard" or "id" or "created_no" or "shares_series")).Select(
                column => $"{column.Name} = excluded.{column.Name}"));
        return $"""
            {Name} AS (
              INSERT INTO job ({columns}) SELECT {columns} FROM {rows} WHERE {Current}
              ON CONFLICT (shard, id) DO UPDATE SET {changes})
            """;
    }
}

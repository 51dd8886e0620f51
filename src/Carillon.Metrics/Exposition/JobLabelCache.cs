namespace Carillon.Metrics;

/// <summary>
/// The label text of every job, kept from page to page. A page that finds a job new, renamed or gone publishes a new
/// table; pages that are made at the same time may do so twice, and either table is right.
/// </summary>
internal sealed class JobLabelCache
{
    private volatile Dictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>The label text of each job, at the job's index.</summary>
    public byte[][] Of(IReadOnlyList<JobStatistics> jobs)
    {
        var known = _known;
        var labels = new byte[jobs.Count][];
        var changed = known.Count != jobs.Count;
        var entries = new Entry[jobs.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var job = jobs[i];
            if (!known.TryGetValue(job.JobId, out var entry) || !entry.Describes(job))
            {
                entry = new Entry(job);
                changed = true;
            }

            entries[i] = entry;
            labels[i] = entry.Text;
        }

        if (changed)
        {
            _known = entries.ToDictionary(static entry => entry.JobId, StringComparer.Ordinal);
        }

        return labels;
    }

    private sealed class Entry(JobStatistics job)
    {
        private readonly string _name = job.JobName;
        private readonly string? _owner = job.Owner;
        private readonly string? _category = job.Category;

        public string JobId { get; } = job.JobId;

        public byte[] Text { get; } = LabelText.Of(
            ("job_id", job.JobId),
            ("job_name", job.JobName),
            ("owner", JobLabels.OrUnknown(job.Owner)),
            ("category", JobLabels.OrUnknown(job.Category)));

        public bool Describes(JobStatistics other)
        {
            return string.Equals(_name, other.JobName, StringComparison.Ordinal)
                && string.Equals(_owner, other.Owner, StringComparison.Ordinal)
                && string.Equals(_category, other.Category, StringComparison.Ordinal);
        }
    }
}

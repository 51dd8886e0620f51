using System.Globalization;

namespace Carillon.Scheduling.Schedules;

/// <summary>Reads a recurrence rule of RFC 5545.</summary>
internal sealed class RecurrenceParser
{
    private const int MaxLength = 1000;
    private const string Prefix = "RRULE:";
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    private static readonly string[] Names =
    [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR",
        "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST",
    ];

    // In the order of DayOfWeek.
    private static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private static readonly string[] Frequencies = Enum.GetNames<RecurrenceFrequency>();

    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _text;
    private readonly ScheduleProblems _problems;
    private bool _isWrong;

    private RecurrenceParser(string text, ScheduleProblems problems)
    {
        _text = text;
        _problems = problems;
    }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The text as written, with or without <c>RRULE:</c>; null for no rule.</param>
    /// <param name="problems">Receives everything that is wrong.</param>
    /// <returns>The rule, or null when there is none or there were problems.</returns>
    public static RecurrenceRule? Parse(string? text, ScheduleProblems problems)
    {
        if (text is null)
        {
            return null;
        }

        var parser = new RecurrenceParser(text, problems);
        if (text.Length > MaxLength)
        {
            parser.Refuse($"is {text.Length} characters long", $"at most {MaxLength}");
            return null;
        }

        parser.Split();
        if (parser._isWrong)
        {
            return null;
        }

        var rule = parser.Read();
        if (!parser._isWrong)
        {
            parser.CheckTogether(rule);
        }

        return parser._isWrong ? null : rule;
    }

    private void Split()
    {
        var body = _text.Trim();
        body = body.StartsWith(Prefix, IgnoreCase) ? body[Prefix.Length..] : body;
        foreach (var part in body.Split(';'))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0 || !Names.Contains(part[..sign], StringComparer.OrdinalIgnoreCase))
            {
                Refuse($"has the part {ScheduleProblems.Quote(part)}", "NAME=VALUE with " + string.Join(", ", Names));
            }
            else if (!_parts.TryAdd(part[..sign], part[(sign + 1)..]))
            {
                Refuse($"has {part[..sign].ToUpperInvariant()} twice", "each part once");
            }
        }
    }

    private RecurrenceRule Read()
    {
        var frequency = (RecurrenceFrequency)Choice("FREQ", Frequencies, missing: -1);
        var months = Mask("BYMONTH", 1, 12);
        return new RecurrenceRule
        {
            Frequency = frequency,
            Interval = Number("INTERVAL", int.MaxValue) ?? 1,
            Count = Number("COUNT", RecurrenceRule.MaxCount),
            Until = Until(),
            WeekStart = (DayOfWeek)Choice("WKST", Weekdays, (int)DayOfWeek.Monday),
            Seconds = LeapSeconds(Mask("BYSECOND", 0, 60)),
            Minutes = Mask("BYMINUTE", 0, 59),
            Hours = Mask("BYHOUR", 0, 23),
            Months = months,
            MonthDays = Signed("BYMONTHDAY", 31),
            YearDays = Signed("BYYEARDAY", 366),
            WeekNumbers = Signed("BYWEEKNO", 53),
            Weekdays = Days(),
            CountsInMonth = frequency == RecurrenceFrequency.Monthly || months != 0,
            SetPositions = Signed("BYSETPOS", 366),
        };
    }

    private void CheckTogether(RecurrenceRule rule)
    {
        var frequency = Frequencies[(int)rule.Frequency].ToUpperInvariant();
        var hasOrdinals = rule.Weekdays.Any(static weekday => weekday.Ordinal != 0);
        var (isYearly, isMonthly) =
            (rule.Frequency == RecurrenceFrequency.Yearly, rule.Frequency == RecurrenceFrequency.Monthly);
        Forbid(
            rule.WeekNumbers.Length > 0 && !isYearly, $"has BYWEEKNO with FREQ={frequency}", "BYWEEKNO with FREQ=YEARLY");
        Forbid(
            rule.YearDays.Length > 0 && rule.Frequency is >= RecurrenceFrequency.Daily and < RecurrenceFrequency.Yearly,
            $"has BYYEARDAY with FREQ={frequency}",
            "BYYEARDAY with FREQ=SECONDLY, MINUTELY, HOURLY, YEARLY");
        Forbid(
            rule.MonthDays.Length > 0 && rule.Frequency == RecurrenceFrequency.Weekly,
            "has BYMONTHDAY with FREQ=WEEKLY",
            "BYMONTHDAY with any other FREQ");
        var weekdays = ScheduleProblems.Quote(_parts.GetValueOrDefault("BYDAY", string.Empty));
        Forbid(
            hasOrdinals && !isMonthly && !isYearly,
            $"has BYDAY {weekdays} with FREQ={frequency}",
            "a number before the weekday with FREQ=MONTHLY, YEARLY");
        Forbid(
            hasOrdinals && rule.WeekNumbers.Length > 0,
            $"has BYDAY {weekdays} with BYWEEKNO",
            "weekdays without a number with BYWEEKNO");
        Forbid(rule is { Count: not null, Until: not null }, "has COUNT with UNTIL", "one of the two");
        Forbid(
            rule.SetPositions.Length > 0 && !rule.NamesAny, "has BYSETPOS alone", "BYSETPOS with another part that begins with BY");
    }

    private void Forbid(bool isBroken, string problem, string allowed)
    {
        if (isBroken)
        {
            Refuse(problem, allowed);
        }
    }

    private int Choice(string name, string[] words, int missing)
    {
        var value = _parts.GetValueOrDefault(name);
        var choice = value is null
            ? missing
            : Array.FindIndex(words, word => string.Equals(word, value, IgnoreCase));
        if (choice < 0)
        {
            var problem = value is null ? $"has no {name}" : $"has {name} {ScheduleProblems.Quote(value)}";
            Refuse(problem, string.Join(", ", words).ToUpperInvariant());
        }

        return choice;
    }

    private int? Number(string name, int max) => Numbers(name, 1, max, NumberStyles.None) is [var one] ? one : null;

    private int[] Signed(string name, int max) => Numbers(name, 1, max, NumberStyles.AllowLeadingSign);

    private ulong Mask(string name, int min, int max) =>
        Numbers(name, min, max, NumberStyles.None).Aggregate(0UL, static (mask, number) => mask | (1UL << number));

    // Without leap seconds, the second 60 is the second 59 (RFC 5545, 3.3.12).
    private static ulong LeapSeconds(ulong seconds) => (seconds | (seconds >> 60 << 59)) & TimesOfDay.AllSixty;

    private int[] Numbers(string name, int min, int max, NumberStyles style)
    {
        if (!_parts.TryGetValue(name, out var list))
        {
            return [];
        }

        var range = $"{min} to {max}";
        var allowed = style == NumberStyles.None ? range : $"{range} and -{max} to -{min}";
        var items = max > 1000 ? new[] { list } : list.Split(',');
        return [.. items.Select(item => Number(name, item, min, max, style, allowed))];
    }

    private int Number(string name, string text, int min, int max, NumberStyles style, string allowed)
    {
        if (!TryRead(text, min, max, style, out var number))
        {
            Refuse($"has {name} {ScheduleProblems.Quote(text)}", allowed);
            return min;
        }

        return number;
    }

    private static bool TryRead(string text, int min, int max, NumberStyles style, out int number) =>
        int.TryParse(text, style, CultureInfo.InvariantCulture, out number)
        && number > int.MinValue
        && Math.Abs(number) >= min
        && Math.Abs(number) <= max;

    private (int Ordinal, DayOfWeek Day)[] Days() =>
        _parts.TryGetValue("BYDAY", out var list) ? [.. list.Split(',').Select(Day)] : [];

    private (int Ordinal, DayOfWeek Day) Day(string item)
    {
        const string Allowed = "SU, MO, TU, WE, TH, FR, SA, with 1 to 53 or -53 to -1 before it for one in the month or year";
        var day = Array.FindIndex(Weekdays, name => item.EndsWith(name, IgnoreCase));
        var ordinal = 0;
        if (day < 0 || (item.Length > 2 && !TryRead(item[..^2], 1, 53, NumberStyles.AllowLeadingSign, out ordinal)))
        {
            Refuse($"has BYDAY {ScheduleProblems.Quote(item)}", Allowed);
            return default;
        }

        return (ordinal, (DayOfWeek)day);
    }

    private DateTime? Until()
    {
        if (!_parts.TryGetValue("UNTIL", out var value))
        {
            return null;
        }

        var text = value.ToUpperInvariant();
        var isUtc = text.EndsWith('Z');
        var wall = isUtc ? text[..^1] : text;
        if (!DateTime.TryParseExact(
            wall, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
        {
            const string Allowed = "a time on the wall clock such as 20301231T235959, or with Z after it in UTC";
            Refuse($"has UNTIL {ScheduleProblems.Quote(value)}", Allowed);
        }

        return isUtc ? DateTime.SpecifyKind(until, DateTimeKind.Utc) : until;
    }

    private void Refuse(string problem, string allowed)
    {
        _isWrong = true;
        _problems.Add("rrule", _text, problem, allowed);
    }
}

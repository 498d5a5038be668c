#include "engine/record/measures.hpp"

#include <algorithm>

namespace segue {
namespace {

using D = Dimension;
using K = EventKind;

/// Weeks of 4, 8, 13, 18 (the standard of 92% from referral to treatment), 26, 39 and 52.
const std::vector<double> clock_edges{0, 29, 57, 92, 127, 183, 274, 365};
const std::vector<double> wait_edges{0, 1, 2, 8, 15, 22, 29};

std::vector<Measure> make_measures() {
    std::vector<Measure> all_measures;
    const auto flow = [&](std::string_view name, std::string_view meaning, std::vector<K> kinds, std::vector<D> own,
                          std::vector<D> by) -> Measure& {
        Measure measure;
        measure.name = name;
        measure.unit = "1";
        measure.meaning = meaning;
        measure.kinds = std::move(kinds);
        measure.dimensions = std::move(own);
        measure.default_by = std::move(by);
        return all_measures.emplace_back(std::move(measure));
    };
    const auto summed = [](Measure& measure, std::string_view unit, Field field, double scale, bool about_people) {
        measure.unit = unit;
        measure.field = field;
        measure.scale = scale;
        measure.about_people = about_people;
        measure.statistic = Statistic::sum;
    };
    const auto stock = [&](std::string_view name, std::string_view unit, std::string_view meaning, Stock held,
                           std::vector<D> own, std::vector<D> by, double scale, bool about_people) {
        Measure& measure = flow(name, meaning, {}, std::move(own), std::move(by));
        measure.stock = held;
        summed(measure, unit, Field::value, scale, about_people);
    };

    stock("population", "1", "People registered at the period's end", Stock::people, {},
          {D::segment, D::age_band, D::sex}, 1, true);
    stock("on_register", "1", "People with each long-term condition at the period's end", Stock::on_register,
          {D::condition}, {D::condition}, 1, true);
    flow("segment_moves", "Moves between segments, by the segment moved to", {K::segment_move}, {D::segment_left},
         {D::segment_left, D::segment});
    flow("births", "Children born to registered mothers", {K::birth}, {}, {});
    flow("deaths", "Deaths of registered people", {K::death}, {}, {D::age_band, D::sex, D::deprivation});
    flow("joins", "People who joined the list, births left out", {K::join}, {}, {D::age_band});
    flow("leaves", "People who left the list, deaths left out", {K::leave}, {}, {D::age_band});
    flow("condition_onsets", "New long-term conditions", {K::condition_onset}, {D::condition}, {D::condition});
    flow("condition_remissions", "Long-term conditions that ended", {K::condition_remission}, {D::condition},
         {D::condition});
    flow("passing_begins",
         "States that people entered: pregnancies, declines before death, spells of high need and others",
         {K::passing_begins}, {D::passing}, {D::passing});
    stock("in_passing_state", "1", "People in each passing state at the period's end", Stock::in_passing_state,
          {D::passing}, {D::passing}, 1, true);
    flow("ways_of_dying", "Deaths of registered people by the decline that they followed", {K::death}, {D::dying},
         {D::dying});
    flow("needs", "Needs that arose (onset) or that care made (derived)", {K::need}, {D::need, D::origin},
         {D::need, D::origin});
    flow("met_needs", "Needs that a contact or A&E met", {K::need_met}, {D::need}, {D::need});
    flow("unmet_needs", "Needs that ended unmet, by reason", {K::need_unmet}, {D::need, D::reason},
         {D::need, D::reason});
    flow("answered", "Attempts to ask that the front door took, by channel and by why they were made", {K::answered},
         {D::need, D::channel, D::origin}, {D::channel, D::origin});
    flow("turned_away", "Requests that the front door failed, by how, and what the person then did", {K::turned_away},
         {D::need, D::channel, D::rebuff, D::recourse}, {D::rebuff, D::recourse});
    flow("triage_contacts", "Requests that somebody triaged", {K::triaged}, {D::role, D::need}, {D::role});
    flow("urgent_contacts", "Contacts with urgent services beside the practice and A&E", {K::urgent_contact},
         {D::need, D::service}, {D::service});
    flow("requests", "Requests to a role that reached its book, by why they were made", {K::request},
         {D::need, D::role, D::origin, D::channel}, {D::role, D::origin});
    flow("contacts", "Contacts that took place", {K::contact}, {D::role, D::need, D::mode}, {D::role, D::mode});
    Measure& lead = flow("lead_time_days", "Booking to contact, of contacts that took place", {K::contact, K::missed},
                         {D::role, D::need}, {D::role});
    lead.unit = "d";
    lead.field = Field::lead;
    lead.statistic = Statistic::histogram;
    lead.edges = wait_edges;
    lead.meaning = "Contacts by days from booking to appointment, missed ones included as the national figures do";
    Measure& delay = flow("delay_days", "Contacts by days from the day that was wanted", {K::contact},
                          {D::role, D::need}, {D::role});
    delay.unit = "d";
    delay.field = Field::delay;
    delay.statistic = Statistic::histogram;
    delay.edges = wait_edges;
    flow("did_not_attend", "Booked contacts that the person missed", {K::missed}, {D::role, D::need}, {D::role});
    flow("appointments",
         "Appointments of general practice, attended or missed: what national figures count, so neither calls nor "
         "visits "
         "by other services",
         {K::contact, K::missed}, {D::role, D::need, D::mode}, {D::role, D::mode})
        .appointments_only = true;
    flow("missed_appointments", "Appointments of general practice that the person missed", {K::missed},
         {D::role, D::need}, {D::role})
        .appointments_only = true;
    Measure& booked = flow("appointment_lead_days", "Appointments of general practice by days from booking",
                           {K::contact, K::missed}, {D::role, D::need, D::mode}, {D::role});
    booked.unit = "d";
    booked.field = Field::lead;
    booked.statistic = Statistic::histogram;
    booked.edges = wait_edges;
    booked.appointments_only = true;
    flow("gave_up", "People who gave up waiting", {K::gave_up}, {D::role, D::need}, {D::role});
    flow("escalated", "Waiting needs that worsened", {K::worsened}, {D::role, D::need}, {D::role});
    flow("needs_in_hospital",
         "Needs that arose in people in a bed and were met there; they are among needs and met_needs too",
         {K::need_in_hospital}, {D::need}, {});
    flow("ae_attendances", "Attendances at A&E", {K::ae_attendance}, {D::need, D::ae_outcome}, {D::need});
    flow("emergency_admissions", "Emergency admissions", {K::emergency_admission}, {D::need}, {D::need});
    summed(flow("bed_days", "Nights in hospital of stays that ended in the period", {K::discharge}, {D::admission},
                {D::admission}),
           "d", Field::value, 1, true);
    flow("referral_clocks_started", "Referrals to outpatients, each of which starts a clock", {K::outpatient_referral},
         {D::need, D::role, D::referral_source}, {D::referral_source});
    flow("referral_clocks_stopped", "Referral clocks that stopped, by why", {K::clock_stopped},
         {D::need, D::clock_stop}, {D::clock_stop});
    Measure& clock = flow("hospital_wait_days", "Referral clocks that stopped, by days since the referral",
                          {K::clock_stopped}, {D::need, D::clock_stop}, {D::clock_stop});
    clock.unit = "d";
    clock.field = Field::lead;
    clock.statistic = Statistic::histogram;
    clock.edges = clock_edges;
    flow("outpatient_contacts", "Outpatient attendances", {K::outpatient_attendance}, {D::need, D::visit}, {D::visit});
    flow("outpatient_missed", "Outpatient appointments that were missed", {K::outpatient_missed}, {D::need, D::visit},
         {D::visit});
    flow("elective_admissions", "Elective treatments: day cases and inpatient stays", {K::elective_admission},
         {D::need, D::elective_stay}, {D::elective_stay});
    summed(flow("minutes_used", "Time that roles spent on contacts, missed ones included, calls and triage",
                {K::contact, K::missed, K::answered, K::triaged}, {D::role, D::need}, {D::role}),
           "min", Field::value, 0.1, true);
    summed(flow("minutes_available", "Time for contacts that roles had, overtime that was worked included",
                {K::minutes_available}, {D::role}, {D::role}),
           "min", Field::value, 0.1, false);
    summed(flow("minutes_offered", "Time of the contacts that requests asked for, as expected over their modes",
                {K::minutes_offered}, {D::role}, {D::role}),
           "min", Field::value, 0.1, false);
    summed(flow("minutes_administration", "Time at work that was not for contacts with people",
                {K::minutes_administration}, {D::role}, {D::role}),
           "min", Field::value, 0.1, false);
    flow("moved", "People whose booking or place in line a dated change took", {K::moved}, {D::role, D::need},
         {D::role});
    flow("induced_needs", "Needs for which help is sought because access is easier than in the base", {K::induced},
         {D::need}, {});
    flow("deterred_needs", "Needs for which no help is sought because access is harder than in the base", {K::deterred},
         {D::need}, {});
    flow("continuity", "Contacts with the person's usual clinician", {K::saw_usual_clinician}, {D::role, D::need},
         {D::age_band});
    flow("continuity_contacts",
         "Contacts of the role in which people have a usual clinician; continuity over these is the index",
         {K::saw_usual_clinician, K::saw_another_clinician}, {D::role, D::need}, {D::age_band});
    summed(flow("cost_gbp", "Spending of each scope; a wider scope holds the narrower", {K::cost},
                {D::setting, D::scope}, {D::scope}),
           "GBP", Field::value, 0.01, false);
    Measure& by_setting = flow("cost_by_setting_gbp", "Spending by the setting that it is charged to", {K::cost},
                               {D::setting, D::scope}, {D::setting});
    summed(by_setting, "GBP", Field::value, 0.01, false);
    summed(flow("budget_gbp", "Budget of each scope that fell due", {K::budget}, {D::scope}, {D::scope}), "GBP",
           Field::value, 0.01, false);
    stock("waiting", "1", "People in a role's line at the period's end", Stock::waiting, {D::role}, {D::role}, 1,
          false);
    stock("wte_in_post", "1", "Whole-time equivalents in post at the period's end", Stock::wte_in_post, {D::role},
          {D::role}, 0.001, false);
    stock("in_a_bed", "1", "People in a hospital bed at the period's end", Stock::in_a_bed, {}, {}, 1, false);
    stock("hospital_waiting", "1", "Referral clocks that run at the period's end, by what is waited for",
          Stock::hospital_waiting, {D::hospital_stage}, {D::hospital_stage}, 1, false);
    stock("wellbeing", "1",
          "Sum over people of life satisfaction (0 to 10) at the period's end; divide by population for the mean",
          Stock::wellbeing, {}, {}, 0.001, true);
    stock("utility", "1", "Sum over people of EQ-5D utility at the period's end; divide by population for the mean",
          Stock::utility, {}, {}, 1e-6, true);
    flow("referrals", "Referrals to social prescribing that reached each stage", {K::referral_stage},
         {D::referral_stage, D::referral_route, D::need}, {D::referral_stage});
    flow("referral_ends", "Referrals to social prescribing that ended, by why and how far they had come",
         {K::referral_ended}, {D::referral_end, D::stage_reached, D::need}, {D::referral_end, D::stage_reached});
    const auto wait = [&](std::string_view name, std::string_view meaning, ReferralStage at_end) {
        Measure& measure = flow(name, meaning, {K::referral_stage}, {D::referral_route, D::need}, {});
        measure.unit = "d";
        measure.field = Field::delay;
        measure.statistic = Statistic::histogram;
        measure.edges = clock_edges;
        measure.only_what = static_cast<std::uint8_t>(at_end);
    };
    wait("link_worker_wait_days", "Referrals taken into a caseload by days on the link workers' list",
         ReferralStage::assigned);
    wait("activity_wait_days", "Activities started by days since they were chosen", ReferralStage::activity_started);
    flow("activity_steps", "What people did with places in activities", {K::activity_step},
         {D::activity, D::activity_step, D::need, D::referral_route}, {D::activity, D::activity_step});
    stock("caseload", "1", "People whom link workers see at the period's end", Stock::caseload, {}, {}, 1, false);
    stock("waiting_for_link_worker", "1", "People on the link workers' list at the period's end",
          Stock::waiting_for_link_worker, {}, {}, 1, false);
    stock("waiting_for_activity", "1", "People who wait for a place in an activity at the period's end",
          Stock::waiting_for_activity, {}, {}, 1, false);
    stock("activity_places_used", "1", "Places in activities that are in use at the period's end",
          Stock::activity_places_used, {D::activity}, {D::activity}, 1, false);
    stock("loneliness_change", "1",
          "Sum over people of what social prescribing changes of the UCLA loneliness score at the period's end",
          Stock::loneliness_change, {}, {}, 0.001, true);
    return all_measures;
}

constexpr bool is_about_a_person(Dimension dimension) noexcept { return dimension <= Dimension::residence; }

}  // namespace

bool Measure::allows(Dimension dimension) const noexcept {
    if (is_about_a_person(dimension)) return about_people;
    return std::find(dimensions.begin(), dimensions.end(), dimension) != dimensions.end();
}

const std::vector<Measure>& measures() {
    static const std::vector<Measure> table = make_measures();
    return table;
}

const Measure* find_measure(std::string_view name) {
    const auto& table = measures();
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const Measure& one) { return one.name == name; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace segue

#include <hdf5_hl.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/version.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/image.hpp"
#include "engine/results/layout.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

constexpr std::size_t text_reference_bytes = 16;  // length and place of a text, as a file keeps them

[[noreturn]] void reject(const std::string& what) { throw std::runtime_error{what}; }

/// Names first, visits after: no exception may cross HDF5's own frames.
template <class Visit>
void each_link(hid_t group, Visit visit) {
    std::vector<std::string> names;
    const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* kept) -> herr_t {
        static_cast<std::vector<std::string>*>(kept)->emplace_back(name);
        return 0;
    };
    checked(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names), "order of the variables");
    for (const std::string& name : names) visit(name);
}

std::vector<std::string> attribute_names(hid_t object) {
    std::vector<std::string> names;
    const auto keep = [](hid_t, const char* name, const H5A_info_t*, void* kept) -> herr_t {
        static_cast<std::vector<std::string>*>(kept)->emplace_back(name);
        return 0;
    };
    checked(H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names), "order of the attributes");
    return names;
}

std::string read_attribute(hid_t object, const std::string& name) {
    const Hdf5Handle attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute"};
    const Hdf5Handle type{H5Aget_type(attribute.id()), H5Tclose, "attribute type"};
    const Hdf5Handle space{H5Aget_space(attribute.id()), H5Sclose, "attribute space"};
    const bool is_text = H5Tget_class(type.id()) == H5T_STRING && H5Tis_variable_str(type.id()) == 0;
    if (!is_text || H5Sget_simple_extent_npoints(space.id()) != 1) reject("attribute " + name + " is not one text");
    std::string value(H5Tget_size(type.id()), '\0');
    const Hdf5Handle memory = text_type(value.size());
    checked(H5Aread(attribute.id(), memory.id(), value.data()), "attribute");
    value.resize(std::min(value.find('\0'), value.size()));
    return value;
}

/// HDF5's and netCDF's own bookkeeping.
bool is_bookkeeping(const std::string& name) {
    return name == "CLASS" || name == "NAME" || name == "DIMENSION_LIST" || name == "REFERENCE_LIST";
}

Attributes read_attributes(hid_t object) {
    Attributes attributes;
    for (const std::string& name : attribute_names(object)) {
        if (!is_bookkeeping(name)) attributes.emplace_back(name, read_attribute(object, name));
    }
    return attributes;
}

/// Takes an attribute out of the list; empty where it is absent.
std::string take(Attributes& attributes, std::string_view name) {
    const auto found = std::find_if(attributes.begin(), attributes.end(), [&](auto& one) { return one.first == name; });
    if (found == attributes.end()) return {};
    std::string value = std::move(found->second);
    attributes.erase(found);
    return value;
}

struct Extent {
    std::vector<hsize_t> sizes;
    std::size_t cells{1};
};

Extent extent_of(hid_t dataset) {
    const Hdf5Handle space{H5Dget_space(dataset), H5Sclose, "space"};
    Extent extent;
    extent.sizes.resize(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.id()), "dimensions")));
    checked(H5Sget_simple_extent_dims(space.id(), extent.sizes.data(), nullptr), "dimensions");
    for (const hsize_t size : extent.sizes) {
        if (size > 0 && extent.cells > std::numeric_limits<std::uint32_t>::max() / size)
            reject("impossible dimensions");
        extent.cells *= static_cast<std::size_t>(size);
    }
    return extent;
}

hsize_t chunks_of(hid_t creation, const Extent& extent) {
    std::vector<hsize_t> chunk(extent.sizes.size());
    checked(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "chunk");
    hsize_t chunks = 1;
    for (std::size_t i = 0; i < chunk.size(); ++i) chunks *= (extent.sizes[i] + chunk[i] - 1) / chunk[i];
    return chunks;
}

/// Every value was stored when the file was written. HDF5 would fill those that are gone with zeros, in silence.
void expect_all_stored(hid_t dataset, const Extent& extent, std::size_t value_bytes, const std::string& name) {
    const Hdf5Handle creation{H5Dget_create_plist(dataset), H5Pclose, "dataset settings"};
    const hsize_t stored = H5Dget_storage_size(dataset);
    bool whole = stored == extent.cells * value_bytes;
    if (H5Pget_layout(creation.id()) == H5D_CHUNKED) {
        const Hdf5Handle space{H5Dget_space(dataset), H5Sclose, "space"};
        hsize_t chunks = 0;
        checked(H5Dget_num_chunks(dataset, space.id(), &chunks), "chunks");
        constexpr hsize_t best_deflate = 1100;  // deflate never packs more than 1032 bytes into one
        whole = chunks == chunks_of(creation.id(), extent) && stored >= extent.cells * value_bytes / best_deflate;
    }
    if (!whole) reject(name + " has lost values");
}

template <class T>
std::vector<T> read_numbers(hid_t dataset, const std::string& name) {
    const Extent extent = extent_of(dataset);
    if (extent.cells > 0) expect_all_stored(dataset, extent, sizeof(T), name);
    std::vector<T> values(extent.cells);
    if (!values.empty()) {
        checked(H5Dread(dataset, memory_type(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "values");
    }
    return values;
}

bool is_text(hid_t dataset) {
    const Hdf5Handle type{H5Dget_type(dataset), H5Tclose, "type"};
    return H5Tget_class(type.id()) == H5T_STRING;
}

std::vector<std::string> read_texts(hid_t dataset, const std::string& name) {
    const Hdf5Handle stored{H5Dget_type(dataset), H5Tclose, "type"};
    if (H5Tget_class(stored.id()) != H5T_STRING || H5Tis_variable_str(stored.id()) <= 0) reject(name + " is not text");
    const Extent extent = extent_of(dataset);
    if (extent.cells > 0) expect_all_stored(dataset, extent, text_reference_bytes, name);
    const Hdf5Handle type = any_length_text_type();
    const Hdf5Handle space{H5Dget_space(dataset), H5Sclose, "space"};
    std::vector<char*> pointers(extent.cells);
    checked(H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "texts");
    std::vector<std::string> texts;
    for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
    checked(H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data()), "texts");
    return texts;
}

auto read_any_numbers(hid_t dataset, const std::string& name) -> decltype(Variable::values) {
    const Hdf5Handle type{H5Dget_type(dataset), H5Tclose, "type"};
    if (H5Tequal(type.id(), stored_type(std::int32_t{})) > 0) return read_numbers<std::int32_t>(dataset, name);
    if (H5Tequal(type.id(), stored_type(std::int64_t{})) > 0) return read_numbers<std::int64_t>(dataset, name);
    if (H5Tequal(type.id(), stored_type(double{})) > 0) return read_numbers<double>(dataset, name);
    reject(name + " is neither int32, int64 nor float64");
}

Hdf5Handle open_dataset(hid_t group, const std::string& name) {
    return {H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, "variable"};
}

template <class Described>
void read_description(hid_t dataset, Described& one) {
    one.attributes = read_attributes(dataset);
    one.units = take(one.attributes, "units");
    one.long_name = take(one.attributes, "long_name");
}

void read_time(hid_t file, Axis& axis, const std::string& bounds) {
    for (const char* name : {"standard_name", "axis", "calendar"}) take(axis.attributes, name);
    const Hdf5Handle dataset = open_dataset(file, bounds);
    axis.bounds = read_numbers<std::int64_t>(dataset.id(), bounds);
}

Axis read_axis(hid_t file, hid_t dataset, const std::string& name) {
    Axis axis;
    axis.name = name;
    read_description(dataset, axis);
    if (is_text(dataset)) {
        axis.labels = read_texts(dataset, name);
    } else {
        axis.numbers = read_numbers<std::int64_t>(dataset, name);
    }
    const std::string bounds = take(axis.attributes, "bounds");
    if (!bounds.empty()) read_time(file, axis, bounds);
    return axis;
}

std::string dimension_name(hid_t dataset, unsigned position) {
    std::string path;
    const auto keep = [](hid_t, unsigned, hid_t scale, void* kept) -> herr_t {
        std::string& text = *static_cast<std::string*>(kept);
        const ssize_t length = H5Iget_name(scale, nullptr, 0);
        if (length <= 0) return -1;
        text.resize(static_cast<std::size_t>(length) + 1);
        if (H5Iget_name(scale, text.data(), text.size()) <= 0) return -1;
        text.pop_back();
        return 1;
    };
    checked(H5DSiterate_scales(dataset, position, nullptr, keep, &path), "dimension");
    if (path.size() < 2 || path.front() != '/') reject("a variable has a dimension without a name");
    return path.substr(1);
}

Variable read_variable(hid_t dataset, const std::string& name) {
    Variable variable;
    variable.name = name;
    const std::size_t rank = extent_of(dataset).sizes.size();
    for (unsigned i = 0; i < rank; ++i) variable.dimensions.push_back(dimension_name(dataset, i));
    read_description(dataset, variable);
    variable.values = read_any_numbers(dataset, name);
    return variable;
}

bool is_bounds(const Results& results, const std::string& name) {
    return std::any_of(results.axes.begin(), results.axes.end(),
                       [&](const Axis& axis) { return !axis.bounds.empty() && bounds_name(axis) == name; });
}

void read_dataset(hid_t file, const std::string& name, Results& results) {
    if (name == provenance_group || name == bound_dimension) return;
    const Hdf5Handle dataset = open_dataset(file, name);
    if (H5DSis_scale(dataset.id()) > 0) {
        results.axes.push_back(read_axis(file, dataset.id(), name));
    } else if (!is_bounds(results, name)) {
        results.variables.push_back(read_variable(dataset.id(), name));
    }
}

struct PlacedText {
    std::size_t position;
    std::string name;
    std::string text;
};

std::string read_one_text(hid_t group, const std::string& name) {
    const Hdf5Handle dataset = open_dataset(group, name);
    std::vector<std::string> texts = read_texts(dataset.id(), name);
    if (texts.size() != 1) reject("provenance " + name + " is not one text");
    return std::move(texts.front());
}

std::size_t position_of_text(hid_t group, const std::string& name) {
    const Hdf5Handle dataset = open_dataset(group, name);
    const std::string text = read_attribute(dataset.id(), position_attribute);
    std::size_t position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (error != std::errc{} || end != text.data() + text.size()) reject("provenance " + name + " has no position");
    return position;
}

void read_text_group(hid_t group, const std::string& prefix, std::vector<PlacedText>& texts) {
    each_link(group, [&](const std::string& name) {
        if (prefix.empty() && (name == "digest" || name == "seal")) return;
        H5O_info_t object;
        checked(H5Oget_info_by_name2(group, name.c_str(), &object, H5O_INFO_BASIC, H5P_DEFAULT), "text");
        if (object.type == H5O_TYPE_GROUP) {
            if (std::count(prefix.begin(), prefix.end(), '/') > 20) reject("groups without end");
            const Hdf5Handle inner{H5Gopen2(group, name.c_str(), H5P_DEFAULT), H5Gclose, "group"};
            read_text_group(inner.id(), prefix + name + "/", texts);
        } else {
            texts.push_back({position_of_text(group, name), prefix + name, read_one_text(group, name)});
        }
    });
}

Provenance read_provenance(hid_t group) {
    std::vector<PlacedText> texts;
    read_text_group(group, "", texts);
    std::sort(texts.begin(), texts.end(), [](auto& a, auto& b) { return a.position < b.position; });
    Provenance provenance;
    for (PlacedText& one : texts) provenance.texts.emplace_back(std::move(one.name), std::move(one.text));
    return provenance;
}

void expect_schema(hid_t file) {
    const bool ours = H5Aexists(file, schema_attribute) > 0 && H5Lexists(file, provenance_group, H5P_DEFAULT) > 0;
    if (!ours) reject("is not a Segue results file: it is HDF5 of another kind");
    const std::string found = read_attribute(file, schema_attribute);
    if (found != fmt::to_string(results_schema)) {
        reject(fmt::format("has results schema {}; this Segue reads schema {}", found, results_schema));
    }
}

void expect_sums(hid_t group, const Results& results) {
    if (const auto complaint = unsound(results)) reject("is damaged: " + *complaint);
    if (read_one_text(group, "digest") != digest(results)) reject("is damaged: its content does not have its digest");
    if (read_one_text(group, "seal") != seal(results)) reject("is damaged: its provenance does not have its seal");
}

Results read_content(hid_t file) {
    Results results;
    results.attributes = read_attributes(file);
    each_link(file, [&](const std::string& name) { read_dataset(file, name, results); });
    const Hdf5Handle group{H5Gopen2(file, provenance_group, H5P_DEFAULT), H5Gclose, "provenance"};
    results.provenance = read_provenance(group.id());
    expect_sums(group.id(), results);
    return results;
}

Hdf5Handle open_image(std::span<const std::byte> image) {
    const Hdf5Handle access = memory_access();
    // HDF5 copies the image and promises not to change it; its interface only lacks the const.
    checked(H5Pset_file_image(access.id(), const_cast<std::byte*>(image.data()), image.size()), "file in memory");
    return {H5Fopen(image_name, H5F_ACC_RDONLY, access.id()), H5Fclose, "opening"};
}

}  // namespace

Results from_image(std::span<const std::byte> image) {
    const Hdf5Session session;
    const Hdf5Handle file = open_image(image);
    expect_schema(file.id());
    try {
        return read_content(file.id());
    } catch (const Hdf5Failure& failure) {
        reject(fmt::format("is damaged: {}", failure.what()));
    }
}

}  // namespace segue

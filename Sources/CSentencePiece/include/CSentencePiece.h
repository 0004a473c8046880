#ifndef CSENTENCEPIECE_H
#define CSENTENCEPIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The part of libsentencepiece that this package uses, in C. No exception passes this border. A function that can fail
// sets *error to a text that the caller hands to csp_release; nothing else is set then.

/// A loaded model. Its functions may be called from several threads at once.
typedef struct csp_model csp_model;

/// What a piece is.
enum csp_kind {
  CSP_KIND_TEXT = 0,
  CSP_KIND_UNKNOWN = 1,
  CSP_KIND_CONTROL = 2,
  CSP_KIND_UNUSED = 3,
  CSP_KIND_BYTE = 4,
};

/// Reads a model from its serialized bytes, which are copied; null on failure.
csp_model *csp_load(const void *bytes, size_t size, char **error);

/// Ends the use of a model.
void csp_free(csp_model *model);

/// Number of pieces.
int32_t csp_piece_count(const csp_model *model);

/// The piece of an id in 0 ..< csp_piece_count, in UTF-8; lives as long as the model.
const char *csp_piece(const csp_model *model, int32_t id, size_t *size);

/// The score of an id in 0 ..< csp_piece_count.
float csp_score(const csp_model *model, int32_t id);

/// What the piece of an id in 0 ..< csp_piece_count is.
enum csp_kind csp_piece_kind(const csp_model *model, int32_t id);

/// Cuts UTF-8 text into pieces. *ids is released with csp_release.
bool csp_encode(const csp_model *model, const char *text, size_t size, int32_t **ids, size_t *count, char **error);

/// Puts pieces together to UTF-8 text. *text is released with csp_release.
bool csp_decode(const csp_model *model, const int32_t *ids, size_t count, char **text, size_t *size, char **error);

/// Hands over the next sentence, which lives until the next call; false at the end or to give up.
typedef bool (*csp_next_sentence)(void *context, const char **text, size_t *size);

/// Trains a model on the sentences that `next` hands over. `options` are names and values in turn, as spm_train has
/// them. *bytes is the serialized model, released with csp_release.
bool csp_train(const char *const *options, size_t option_count, csp_next_sentence next, void *context, void **bytes,
               size_t *size, char **error);

/// Releases what another function has allocated; null is fine.
void csp_release(void *memory);

#ifdef __cplusplus
}
#endif

#endif
